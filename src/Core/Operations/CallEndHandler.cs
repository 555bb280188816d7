using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Operations;

/// <summary>
/// Ends a call. The answer is its record: 200 where it is over, 202 where it will be in a moment. What the body says is not read.
/// </summary>
public sealed partial class CallEndHandler(
    CallEnder ender, RoomNaming naming, ILogger<CallEndHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallEnd;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId))
        {
            return Problem.BadCallId;
        }

        if (await ender.EndAsync(callId, request.Credential, cancellationToken) is not { } state)
        {
            return Problem.UnknownCall;
        }

        LogEnded(callId, state.Status);
        return CallHandler.Show(state, naming) with { Status = state.End is null ? 202 : 200 };
    }

    [LoggerMessage(1801, LogLevel.Information, "The end of call {CallId} was asked for; it is {Status}")]
    private partial void LogEnded(CallId callId, CallStatus status);
}
