using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
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
    GatewaySettings settings, TwilioReplies replies, TwilioArrivals arrivals, TimeProvider timeProvider, ILogger<TwilioVoiceHandler> logger)
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
        var parties = CallParties.Of(form["From"], form["To"]);
        if (!VoiceArrival.TryParse(form, out var arrival, out var reason))
        {
            LogUnreadable(reason);
            return replies.Fallback(settings.Routes.Default, parties);
        }

        var route = settings.Routes.Find(arrival.To.Dialable?.E164);
        if (!settings.TelephonyEnabled)
        {
            return replies.Fallback(route, parties);
        }

        var fact = new CallFact.CallAnnounced(arrival.CallSid.Value, AddressOf(arrival.From), AddressOf(arrival.To))
        {
            AccountSid = arrival.AccountSid,
            Token = request.Header(TokenHeader) is { Length: > 0 and <= 128 } token ? token : null,
        };
        var callId = await RecordAsync(arrival, fact, isSecondTry: form["ErrorCode"] is not null, cancellationToken);
        LogArrived(callId, arrival.From, arrival.To);
        return replies.DialLiveKit(callId, arrival, route);
    }

    /// <summary>
    /// Records the arrival. Where that cannot be done in time, the caller is brought to the room of the CallSid's first conversation.
    /// </summary>
    private async Task<CallId> RecordAsync(
        VoiceArrival arrival, CallFact.CallAnnounced fact, bool isSecondTry, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(RecordingBudget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            return await arrivals.RecordAsync(arrival, fact, isSecondTry, timeProvider.GetUtcNow(), ending.Token);
        }
        catch (Exception lost)
            when (lost is JournalUnavailableException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var callId = CallId.ForTwilio(arrival.CallSid.Value);
            LogNotRecorded(callId, lost);
            return callId;
        }
    }

    private static string? AddressOf(CallerAddress address) => address switch
    {
        CallerAddress.Number number => number.Value.E164,
        CallerAddress.Client client => $"client:{client.Name}",
        CallerAddress.Sip sip => $"sip:{sip.User}@{sip.Host}",
        CallerAddress.Other other => other.Raw,
        _ => null,
    };

    [LoggerMessage(1201, LogLevel.Information, "Call {CallId} arrived from {From} for {To}")]
    private partial void LogArrived(CallId callId, CallerAddress from, CallerAddress to);

    [LoggerMessage(
        1202, LogLevel.Error, "The voice webhook of call {CallId} could not be recorded; the call will begin with participant_joined")]
    private partial void LogNotRecorded(CallId callId, Exception exception);

    [LoggerMessage(1203, LogLevel.Error, "A voice webhook could not be read: {Reason}; the caller got the fallback")]
    private partial void LogUnreadable(string reason);
}
