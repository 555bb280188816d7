using System.Text.Json;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Sessions;

/// <summary>Shows how a call stands, in the words of calls without a phone.</summary>
internal sealed class CallStateHandler(SessionDesk desk, RoomNaming naming) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallState;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        await desk.FindAsync(Route.ParameterOf(request.RawPath), request.Credential, cancellationToken) is { } state
            ? Show(state, naming)
            : Problem.UnknownCall;

    internal static GatewayResponse Show(CallState state, RoomNaming naming) =>
        GatewayResponse.Json(200, Of(state, naming), SessionJson.Default.CallStateAnswer);

    private static CallStateAnswer Of(CallState state, RoomNaming naming)
    {
        var asked = state.Requests.Request;
        return new CallStateAnswer(state.CallId.Value, SessionWords.StatusOf(state), state.Rooms.Name ?? naming.NameOf(state.CallId))
        {
            TenantId = state.Tenant,
            UserId = asked?.User,
            Language = asked?.Language,
            VoiceId = asked?.Voice,
            Metadata = asked?.Metadata is { } metadata ? JsonElement.Parse(metadata) : null,
            CreatedAt = state.BeganAt,
            JoinedAt = state.CallerSince,
            EndedAt = state.EndedAt,
            EndCause = state.End?.Result,
            DurationSeconds =
                state is { EndedAt: { } ended, CallerSince: { } joined } ? Math.Round((ended - joined).TotalSeconds, 3) : null,
        };
    }
}
