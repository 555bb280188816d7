using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Twilio;

/// <summary>A Dial of Twilio's is over, to LiveKit or to the human behind it: a caller whom nobody served gets what the route offers next, never silence.</summary>
public sealed partial class TwilioDialResultHandler(
    GatewaySettings settings, TwilioReplies replies, EventIngestor ingestor, ICallJournal journal, TimeProvider timeProvider, ILogger<TwilioDialResultHandler> logger)
    : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.TwilioDialResult;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var form = (TwilioForm)request.Credential!;
        var route = settings.Routes.Find(CallerAddress.Parse(form["To"]).Dialable?.E164);
        if (!DialResult.TryParse(form, out var result, out var reason))
        {
            LogUnreadable(reason);
            return replies.Fallback(route);
        }

        var callId = CallId.ForTwilio(result.CallSid.Value);
        var callerIsGone = TwilioFields.CallStatus(form["CallStatus"]) is not (TwilioCallStatus.InProgress or TwilioCallStatus.Ringing or TwilioCallStatus.Unknown);
        var served = result.WasBridged && result.Status is TwilioDialStatus.Completed or TwilioDialStatus.Answered;
        if (request.RawQuery.SequenceEqual(TwilioReplies.HumanLegQuery))
        {
            return callerIsGone || served ? TwilioReplies.HangUp : TwilioReplies.LastWords(route);
        }

        var status = served ? "completed" : Word(result.Status);
        var lostByUs = await TakeAsync(callId, result, new CallFact.DialEnded(status, result.SipResponseCode, callerIsGone), cancellationToken);

        LogEnded(callId, status, result.SipResponseCode);
        return callerIsGone || (served && !lostByUs) ? TwilioReplies.HangUp : replies.Fallback(route);
    }

    /// <summary>Journals the result; tells whether the call had been ended by the gateway because no agent was there, which hangs the caller's LiveKit leg up like any end.</summary>
    private async Task<bool> TakeAsync(CallId callId, DialResult result, CallFact.DialEnded fact, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(TwilioVoiceHandler.RecordingBudget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            var ended = new CallEvent($"{result.CallSid}:dial:{result.DialCallSid}", timeProvider.GetUtcNow(), fact);
            await ingestor.IngestAsync(new ReceivedEvent(callId, ended, Tracking.Follow), ending.Token);
            return CallState.Of(await journal.ReadAsync(callId, ending.Token)).End?.Result == EndCause.NoAgent;
        }
        catch (Exception lost) when (lost is JournalUnavailableException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotRecorded(callId, lost);
            return false;
        }
    }

    private static string Word(TwilioDialStatus status) => status switch
    {
        TwilioDialStatus.Busy => "busy",
        TwilioDialStatus.NoAnswer => "no-answer",
        TwilioDialStatus.Canceled => "canceled",
        _ => "failed",
    };

    [LoggerMessage(1301, LogLevel.Information, "The Dial of call {CallId} ended: {Status}, SIP {SipCode}")]
    private partial void LogEnded(CallId callId, string status, int? sipCode);

    [LoggerMessage(1302, LogLevel.Error, "The Dial result of call {CallId} could not be recorded")]
    private partial void LogNotRecorded(CallId callId, Exception exception);

    [LoggerMessage(1303, LogLevel.Error, "An authentic Dial result could not be read: {Reason}; its caller got the fallback")]
    private partial void LogUnreadable(string reason);
}
