using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Journals LiveKit's webhooks. An authentic one is never refused: LiveKit drops for good what it gets a 4xx for.</summary>
public sealed partial class LiveKitWebhookHandler(
    LiveKitEventMapper mapper, EventIngestor ingestor, TimeProvider timeProvider, ILogger<LiveKitWebhookHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.LiveKitWebhook;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var received = mapper.Map(request.Body.Span, timeProvider.GetUtcNow());
        var outcome = await ingestor.IngestAsync(received, cancellationToken);
        LogTaken(received.Event.Fact.GetType().Name, outcome, received.CallId);
        return GatewayResponse.Ok;
    }

    [LoggerMessage(1502, LogLevel.Debug, "LiveKit's {Fact} was {Outcome} for call {CallId}")]
    private partial void LogTaken(string fact, AppendOutcome outcome, CallId callId);
}
