using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Operations;

namespace VoiceFunctions.Core.Sessions;

/// <summary>Ends a call, in the words of calls without a phone. Asking again changes nothing.</summary>
internal sealed class CallStopHandler(CallEnder ender, RoomNaming naming) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallStop;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var state = SessionWords.ReadCallId(Route.ParameterOf(request.RawPath)) is { } callId
            ? await ender.EndAsync(callId, request.Credential, cancellationToken)
            : null;
        return state is null
            ? Problem.UnknownCall
            : CallStateHandler.Show(state, naming) with { Status = state.End is null ? 202 : 200 };
    }
}
