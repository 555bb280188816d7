using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Proofs;

namespace VoiceFunctions.Core.Timelines;

/// <summary>Shows one call on one axis of time.</summary>
/// <param name="trails">Reads the call.</param>
/// <param name="timeProvider">Tells how far a call that goes on reaches.</param>
internal sealed class CallTimelineHandler(CallTrails trails, TimeProvider timeProvider) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.CallTimeline;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) => trails.AnswerAsync(
        Route,
        request,
        trail => GatewayResponse.Json(200, TimelineReader.Of(trail, timeProvider.GetUtcNow()), TimelineJson.Default.CallTimeline),
        cancellationToken);
}
