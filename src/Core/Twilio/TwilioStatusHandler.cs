using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Records Twilio's status callbacks in the journal. They can be late, repeated or reordered, and no decision waits for them.
/// </summary>
public sealed partial class TwilioStatusHandler(EventIngestor ingestor, TimeProvider timeProvider, ILogger<TwilioStatusHandler> logger)
    : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.TwilioStatus;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var form = (TwilioForm)request.Credential!;
        if (!StatusCallback.TryParse(form, out var callback, out var reason))
        {
            LogUnreadable(reason);
            return TwilioReplies.Acknowledged;
        }

        var word = form["CallStatus"] ?? "";
        CallFact fact = callback.IsTerminal
            ? new CallFact.TwilioLegEnded(word, callback.ParentCallSid is null) { Seconds = callback.Seconds }
            : new CallFact.Unhandled($"twilio:{callback.CallStatus}");
        var callEvent = new CallEvent(callback.DeliveryId, timeProvider.GetUtcNow(), fact);
        await ingestor.IngestAsync(
            new ReceivedEvent(
                TwilioPass.Read(request.RawQuery, out _) ?? CallId.ForTwilio(callback.CallerLegSid.Value), callEvent, Tracking.RecordOnly),
            cancellationToken);
        return TwilioReplies.Acknowledged;
    }

    [LoggerMessage(1401, LogLevel.Warning, "A status callback could not be read: {Reason}")]
    private partial void LogUnreadable(string reason);
}
