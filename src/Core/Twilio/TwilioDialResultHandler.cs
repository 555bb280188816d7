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

/// <summary>
/// Answers the action URL of a Dial, to LiveKit or to one of the fallback's humans. A caller whom nobody served gets the route's next
/// fallback.
/// </summary>
public sealed partial class TwilioDialResultHandler(
    GatewaySettings settings,
    TwilioReplies replies,
    EventIngestor ingestor,
    ICallJournal journal,
    TimeProvider timeProvider,
    ILogger<TwilioDialResultHandler> logger)
    : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.TwilioDialResult;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var form = (TwilioForm)request.Credential!;
        var pass = TwilioPass.Read(request.RawQuery, out var rest);
        var human = HumanLeg.IndexOf(rest);
        var parties = TwilioFields.Parties(form);
        var query = QueryOf(form) with { At = timeProvider.GetUtcNow() };
        if (!DialResult.TryParse(form, out var result, out var reason))
        {
            LogUnreadable(reason);
            return replies.Fallback(settings.Routes.Find(query), parties, human + 1 ?? 0, pass);
        }

        var callId = pass ?? CallId.ForTwilio(result.CallSid.Value);
        var route = settings.Routes.Find(settings.Routes.HasHours || settings.Routes.Screens
            ? await BegunAsync(callId, query, cancellationToken)
            : query);
        var callerIsGone = TwilioFields.CallStatus(form["CallStatus"])
            is not (TwilioCallStatus.InProgress or TwilioCallStatus.Ringing or TwilioCallStatus.Unknown);
        var served = IsBridged(result, human, route) && result.Status is TwilioDialStatus.Completed or TwilioDialStatus.Answered;
        if (human is { } index)
        {
            var how = served ? CallFact.HumanDialEnded.Served : Word(result.Status, "declined");
            await RecordAsync(
                callId,
                $"{result.CallSid}:human:{index}:{result.DialCallSid}",
                new CallFact.HumanDialEnded(index, how) { Seconds = result.Seconds },
                cancellationToken);
            LogHumanEnded(callId, index + 1, how);
            return callerIsGone || served ? TwilioReplies.HangUp : replies.Fallback(route, parties, index + 1, pass);
        }

        var status = served ? "completed" : Word(result.Status, "failed");
        var fact = new CallFact.DialEnded(status, result.SipResponseCode, callerIsGone) { Seconds = result.Seconds };
        var end = await RecordAsync(callId, $"{result.CallSid}:dial:{result.DialCallSid}", fact, cancellationToken);

        LogEnded(callId, status, result.SipResponseCode);
        if (route.IsRefused && !callerIsGone && !result.WasBridged)
        {
            // The decision came after they were dialled to LiveKit; nobody has answered them yet. Twilio documents a refusal as the first
            // answer to a call and says nothing of one after a Dial: whatever it makes of it, the call ends.
            return TwilioReplies.Busy;
        }

        var isDone = callerIsGone || end == EndCause.ApiEnd || route.IsRefused
            || (served && end is not (EndCause.NoAgent or EndCause.OverLimit or EndCause.Screened));
        return isDone ? TwilioReplies.HangUp : replies.Fallback(route, parties, pass: pass);
    }

    /// <summary>
    /// Records the result in the journal. Returns why the gateway had ended the call: deleting its room hangs up the caller's LiveKit leg,
    /// so Twilio reports a completed Dial where there was no agent, and one that nobody answered where the call was ended before the
    /// answer.
    /// </summary>
    private async Task<string?> RecordAsync(CallId callId, string id, CallFact fact, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(TwilioVoiceHandler.RecordingBudget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            // A Dial to a human keeps no call open: the call that the gateway looks after is over by then, or was never begun.
            var tracking = fact is CallFact.HumanDialEnded ? Tracking.RecordOnly : Tracking.Follow;
            var ended = new CallEvent(id, timeProvider.GetUtcNow(), fact);
            await ingestor.IngestAsync(new ReceivedEvent(callId, ended, tracking), ending.Token);
            return fact is CallFact.DialEnded ? CallState.Of(await journal.ReadAsync(callId, ending.Token)).End?.Result : null;
        }
        catch (Exception lost)
            when (lost is JournalUnavailableException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotRecorded(callId, lost);
            return null;
        }
    }

    /// <summary>The query with the time at which the call began and what was decided then, where the journal tells it.</summary>
    private async Task<RouteQuery> BegunAsync(CallId callId, RouteQuery query, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(TwilioVoiceHandler.RecordingBudget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            var state = CallState.Of(await journal.ReadAsync(callId, ending.Token));
            query = query with { Screening = state.Screening.Verdict, Tenant = state.Tenant };
            return state.FirstEventAt < query.At ? query with { At = state.FirstEventAt } : query;
        }
        catch (Exception lost)
            when (lost is JournalUnavailableException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return query;
        }
    }

    private RouteQuery QueryOf(TwilioForm form) =>
        VoiceArrival.TryParse(form, out var arrival, out _, settings.Numbers) ? arrival.Query : new RouteQuery(form["To"]);

    /// <summary>A human who picked up and is asked first has not taken the call yet, unless Twilio says that they were connected.</summary>
    private static bool IsBridged(DialResult result, int? human, Route route) =>
        human is not null && route.Fallback.Screening.IsOn ? result.DialBridged == true : result.WasBridged;

    /// <summary>The status of a Dial that served nobody.</summary>
    private static string Word(TwilioDialStatus status, string unbridged) => status switch
    {
        TwilioDialStatus.Completed or TwilioDialStatus.Answered => unbridged,
        TwilioDialStatus.Busy => "busy",
        TwilioDialStatus.NoAnswer => "no-answer",
        TwilioDialStatus.Canceled => "canceled",
        _ => "failed",
    };

    [LoggerMessage(1301, LogLevel.Information, "The Dial of call {CallId} ended: {Status}, SIP {SipCode}")]
    private partial void LogEnded(CallId callId, string status, int? sipCode);

    [LoggerMessage(1304, LogLevel.Information, "The Dial of call {CallId} to human {Human} ended: {Status}")]
    private partial void LogHumanEnded(CallId callId, int human, string status);

    [LoggerMessage(1302, LogLevel.Error, "The Dial result of call {CallId} could not be recorded")]
    private partial void LogNotRecorded(CallId callId, Exception exception);

    [LoggerMessage(1303, LogLevel.Error, "A Dial result could not be read: {Reason}; the caller got the fallback")]
    private partial void LogUnreadable(string reason);
}
