using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// Answers Twilio's voice webhook with TwiML. If the journal is not available, the answer is the same, and the call begins with LiveKit's
/// <c>participant_joined</c> webhook.
/// </summary>
public sealed partial class TwilioVoiceHandler(
    GatewaySettings settings,
    TwilioReplies replies,
    EventIngestor ingestor,
    ICallJournal journal,
    TimeProvider timeProvider,
    ILogger<TwilioVoiceHandler> logger)
    : IGatewayHandler
{
    /// <summary>How long the answer waits for the journal. Twilio waits 15 s for an answer, and the caller waits with it.</summary>
    public static TimeSpan RecordingBudget { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.TwilioVoice;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var form = (TwilioForm)request.Credential!;
        if (!VoiceArrival.TryParse(form, out var arrival, out var reason, settings.Numbers))
        {
            LogUnreadable(reason);
            return replies.Fallback(settings.Routes.Default);
        }

        var now = timeProvider.GetUtcNow();
        if (!settings.TelephonyEnabled)
        {
            return replies.Fallback(settings.Routes.Find(arrival.Query with { At = now }));
        }

        var callId = CallId.ForTwilio(arrival.CallSid.Value);
        var fact = new CallFact.CallAnnounced(arrival.CallSid.Value, arrival.From.Text, arrival.To.Text)
        {
            Direction = arrival.Direction,
        };
        var began = await RecordAsync(callId, new CallEvent($"{arrival.CallSid}:arrived", now, fact), cancellationToken);
        var route = settings.Routes.Find(arrival.Query with { At = began });
        LogArrived(callId, arrival.From, arrival.To);
        return route.IsClosed ? replies.Fallback(route) : replies.DialLiveKit(callId, arrival, route);
    }

    /// <summary>
    /// Records the arrival, and gives the time at which the call began: a repetition at the minute at which a route closes gets the answer
    /// that the first request got.
    /// </summary>
    private async Task<DateTimeOffset> RecordAsync(CallId callId, CallEvent arrival, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(RecordingBudget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            var outcome = await ingestor.IngestAsync(new ReceivedEvent(callId, arrival, Tracking.Follow), ending.Token);
            if (outcome == AppendOutcome.Duplicate && settings.Routes.HasHours)
            {
                return CallState.Of(await journal.ReadAsync(callId, ending.Token)).FirstEventAt;
            }
        }
        catch (Exception lost)
            when (lost is JournalUnavailableException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotRecorded(callId, lost);
        }

        return arrival.At;
    }

    [LoggerMessage(1201, LogLevel.Information, "Call {CallId} arrived from {From} for {To}")]
    private partial void LogArrived(CallId callId, CallerAddress from, CallerAddress to);

    [LoggerMessage(
        1202, LogLevel.Error, "The voice webhook of call {CallId} could not be recorded; the call will begin with participant_joined")]
    private partial void LogNotRecorded(CallId callId, Exception exception);

    [LoggerMessage(1203, LogLevel.Error, "A voice webhook could not be read: {Reason}; the caller got the fallback")]
    private partial void LogUnreadable(string reason);
}
