using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;

namespace VoiceFunctions.Core.Timelines;

/// <summary>Shows one call on one axis of time.</summary>
/// <param name="journal">Holds the calls.</param>
/// <param name="tenancy">Whose they are.</param>
/// <param name="timeProvider">Tells how far a call that goes on reaches.</param>
public sealed class CallTimelineHandler(ICallJournal journal, CallTenancy tenancy, TimeProvider timeProvider) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallTimeline;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId))
        {
            return Problem.BadCallId;
        }

        var trail = new AuditTrail(callId, await journal.ReadRowsAsync(callId, cancellationToken));
        return trail.Now.IsCall && tenancy.MaySee(request.Credential, trail.Now)
            ? GatewayResponse.Json(200, TimelineReader.Of(trail, timeProvider.GetUtcNow()), TimelineJson.Default.CallTimeline)
            : Problem.UnknownCall;
    }
}
