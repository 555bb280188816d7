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
    TwilioArrivals arrivals,
    TwilioAdmission admission,
    TimeProvider timeProvider,
    ILogger<TwilioVoiceHandler> logger)
    : IGatewayHandler
{
    /// <summary>Twilio repeats a request with the same token, and sends each other one with another.</summary>
    public const string TokenHeader = "I-Twilio-Idempotency-Token";

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
            return replies.Fallback(settings.Routes.Default, PartiesOf(form));
        }

        var now = timeProvider.GetUtcNow();
        if (!settings.TelephonyEnabled)
        {
            return replies.Fallback(settings.Routes.Find(arrival.Query with { At = now }), PartiesOf(form));
        }

        var fact = new CallFact.CallAnnounced(arrival.CallSid.Value, arrival.From.Text, arrival.To.Text)
        {
            AccountSid = arrival.AccountSid,
            Direction = arrival.Direction,
            Verdict = arrival.Verdict,
            Token = request.Header(TokenHeader) is { Length: > 0 and <= 128 } token ? token : null,
        };
        var (callId, began) = await RecordAsync(arrival, fact, isSecondTry: form["ErrorCode"] is not null, now, cancellationToken);
        var route = settings.Routes.Find(arrival.Query with { At = began });
        LogArrived(callId, arrival.From, arrival.To);
        if (route is { IsClosed: false, Timeouts.Admission.IsOpen: false })
        {
            route = route.Under(await DecideAsync(callId, cancellationToken));
        }

        return route.IsRefused ? TwilioReplies.Busy
            : route.IsClosed ? replies.Fallback(route, PartiesOf(form), pass: TwilioPass.Of(callId, arrival.CallSid.Value))
            : replies.DialLiveKit(callId, arrival, route);
    }

    private static CallParties PartiesOf(TwilioForm form) => TwilioFields.Parties(form);

    /// <summary>
    /// What is done with the call, before anything is dialled; <c>null</c> where that is not known in time: its workflow decides.
    /// </summary>
    private async Task<CallFact.CallScreened?> DecideAsync(CallId callId, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(RecordingBudget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            return await admission.DecideAsync(callId, ending.Token);
        }
        catch (Exception lost)
            when (lost is JournalUnavailableException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUndecided(callId, lost);
            return null;
        }
    }

    /// <summary>
    /// Records the arrival, and gives the time at which the call began: a repetition at the minute at which a route closes gets the answer
    /// that the first request got. Where that cannot be done in time, the caller is brought to the room of the
    /// CallSid's first conversation.
    /// </summary>
    private async Task<RecordedArrival> RecordAsync(
        VoiceArrival arrival, CallFact.CallAnnounced fact, bool isSecondTry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(RecordingBudget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            return await arrivals.RecordAsync(arrival, fact, isSecondTry, now, ending.Token);
        }
        catch (Exception lost)
            when (lost is JournalUnavailableException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var callId = CallId.ForTwilio(arrival.CallSid.Value);
            LogNotRecorded(callId, lost);
            return new RecordedArrival(callId, now);
        }
    }

    [LoggerMessage(1201, LogLevel.Information, "Call {CallId} arrived from {From} for {To}")]
    private partial void LogArrived(CallId callId, CallerAddress from, CallerAddress to);

    [LoggerMessage(
        1202, LogLevel.Error, "The voice webhook of call {CallId} could not be recorded; the call will begin with participant_joined")]
    private partial void LogNotRecorded(CallId callId, Exception exception);

    [LoggerMessage(1204, LogLevel.Warning, "Whether call {CallId} is let in could not be decided in time; its workflow will")]
    private partial void LogUndecided(CallId callId, Exception exception);

    [LoggerMessage(1203, LogLevel.Error, "A voice webhook could not be read: {Reason}; the caller got the fallback")]
    private partial void LogUnreadable(string reason);
}
