using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Journals LiveKit's webhooks. An authentic one is never refused: LiveKit drops for good what it gets a 4xx for.</summary>
public sealed partial class LiveKitWebhookHandler(
    LiveKitWebhookVerifier verifier, LiveKitEventMapper normalizer, EventIngestor intake, TimeProvider timeProvider, ILogger<LiveKitWebhookHandler> logger) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.LiveKitWebhook;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var verification = verifier.Verify(request.Header("Authorization"), request.Body.Span);
        if (verification != WebhookVerification.Authentic)
        {
            LogRefused(verification);
            return Problem.BadSignature;
        }

        var occurrence = normalizer.Map(request.Body.Span, timeProvider.GetUtcNow());
        var outcome = await intake.IngestAsync(occurrence, cancellationToken);
        LogTaken(occurrence.Event.Fact.GetType().Name, outcome, occurrence.CallId);
        return GatewayResponse.Ok;
    }

    [LoggerMessage(1501, LogLevel.Warning, "A LiveKit webhook was refused: {Verification}")]
    private partial void LogRefused(WebhookVerification verification);

    [LoggerMessage(1502, LogLevel.Debug, "LiveKit's {Fact} was {Outcome} for call {CallId}")]
    private partial void LogTaken(string fact, AppendOutcome outcome, CallId callId);
}
