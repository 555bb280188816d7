using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Records LiveKit's webhooks in the journal. An authentic one is never refused, because LiveKit does not retry after a 4xx.
/// </summary>
public sealed partial class LiveKitWebhookHandler(
    LiveKitEventMapper mapper, EventIngestor ingestor, TimeProvider timeProvider, ILogger<LiveKitWebhookHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.LiveKitWebhook;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (mapper.Map(request.Body, timeProvider.GetUtcNow()) is not { } received)
        {
            GatewayMeter.WebhooksForeign.Add(1);
            return GatewayResponse.Ok;
        }

        var outcome = await ingestor.IngestAsync(received, cancellationToken);
        LogIngested(received.Event.Fact.GetType().Name, received.CallId, outcome);
        return GatewayResponse.Ok;
    }

    [LoggerMessage(1502, LogLevel.Debug, "Webhook event {Fact} of call {CallId}: {Outcome}")]
    private partial void LogIngested(string fact, CallId callId, AppendOutcome outcome);
}
