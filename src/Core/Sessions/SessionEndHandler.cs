using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Operations;

namespace VoiceFunctions.Core.Sessions;

/// <summary>Ends the call of a session, by the name under which it began or by its room. Asking again changes nothing.</summary>
internal sealed class SessionEndHandler(CallEnder ender, RoomNaming naming) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.SessionEnd;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (JsonRequest.Read(request.Body, SessionWebJson.Default.SessionEndRequest, out var error) is not { } asked)
        {
            return Problem.BadParameter(error);
        }

        if (asked.RoomName is not { Length: > 0 } name)
        {
            return Problem.BadParameter("roomName is needed.");
        }

        var tenant = ((ApiCaller)request.Credential!).Tenant;
        var callId = naming.TryReadCallId(name, out var ours) ? ours : CallId.ForRequest(tenant, SessionHandler.KeyOf(name));
        if (await ender.EndAsync(callId, request.Credential, cancellationToken) is not { } state)
        {
            return Problem.UnknownCall;
        }

        return GatewayResponse.Json(
            state.End is null ? 202 : 200,
            new SessionEndAnswer(callId.Value, state.Rooms.Name ?? naming.NameOf(callId), SessionWords.StatusOf(state)),
            SessionWebJson.Default.SessionEndAnswer);
    }
}
