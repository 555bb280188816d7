using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Requests;

namespace VoiceFunctions.Core.Sessions;

/// <summary>
/// Begins a call whose user joins with a token, by the name of a session. One name is one call: asking again while it goes on gives the
/// same call and another token.
/// </summary>
internal sealed class SessionHandler(SessionDesk desk) : IGatewayHandler
{
    /// <summary>The key of a session's call; no idempotency key of <c>/call/start</c> is one, because headers hold no line break.</summary>
    internal static string KeyOf(string roomName) => $"session\n{roomName}";

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Session;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (JsonRequest.Read(request.Body, SessionWebJson.Default.SessionRequest, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        var config = RequestFields.ObjectOf(asked.AgentConfig, "agentConfig", ref error);
        RequestFields.CheckWord(asked.RoomName, "roomName", ref error);
        RequestFields.CheckWord(asked.UserId, "userId", ref error);
        if (error.Length > 0 || asked.RoomName?.Length == 0)
        {
            return Problem.BadParameter(error.Length > 0 ? error : "roomName must not be empty.");
        }

        var call = new CallFact.CallRequested
        {
            Tenant = ((ApiCaller)request.Credential!).Tenant,
            User = asked.UserId,
            AgentConfig = config,
        };
        var (started, refusal) = await desk.BeginAsync(call, asked.RoomName is { } name ? KeyOf(name) : null, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var (state, token) = started!;
        return GatewayResponse.Json(
            200,
            new SessionAnswer(state.CallId.Value, token.Room, token.Text, token.Url, SessionWords.StatusOf(state)),
            SessionWebJson.Default.SessionAnswer);
    }
}
