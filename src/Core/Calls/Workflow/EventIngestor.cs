using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Bounds;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>
/// Takes one event of a call in: journals it, does at once what somebody waits for (open the room, send the agent, end the call), and
/// signals the workflow.
/// </summary>
public sealed partial class EventIngestor(
    ICallJournal journal,
    ICallWorkflows workflows,
    CallAdvancer advancer,
    WakeUps wakeUps,
    RouteTable routes,
    TimeProvider timeProvider,
    ILogger<EventIngestor> logger)
{
    private readonly EventBudget budget = new();

    /// <summary>How long the sender of a webhook waits for the agent's dispatch at most, and an asker for the room.</summary>
    public static TimeSpan InlineBudget { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Takes an event in.</summary>
    /// <returns>Whether it was new, or <see cref="AppendOutcome.Refused"/> where it was counted and not stored.</returns>
    /// <exception cref="JournalUnavailableException">It could not be recorded; the sender must offer it again. Whatever fails after that is
    /// mended by the workflow or the sweeper.</exception>
    public async ValueTask<AppendOutcome> IngestAsync(ReceivedEvent received, CancellationToken cancellationToken)
    {
        received = received with { Event = routes.Owned(received.CallId, received.Event) };
        var (callId, callEvent, tracking) = received;
        using var span = GatewaySpans.OfCall(SpanOf(callEvent.Fact), callId)?.SetTag("voicefunctions.event", callEvent.Fact.GetType().Name);
        if (tracking == Tracking.FollowIfKnown)
        {
            if (!await journal.HasStepsAsync(callId, cancellationToken))
            {
                GatewayMeter.WebhooksForeign.Add(1);
                return AppendOutcome.Foreign;
            }

            received = received with { Tracking = Tracking.Follow };
            tracking = Tracking.Follow;
        }

        if (budget.Refuses(callId, callEvent.Fact) is { } reason)
        {
            return await OmitAsync(received, reason, cancellationToken);
        }

        var outcome = await journal.AppendAsync(callId, callEvent, tracking, cancellationToken);
        switch (outcome)
        {
            case AppendOutcome.Appended:
                budget.Stored(callId, callEvent.Fact);
                break;
            case AppendOutcome.Refused:
                return await OmitAsync(received, OmissionReason.TooLarge, cancellationToken);
        }

        var isAwaited = callEvent.Fact is CallFact.LegJoined { Leg.Role: LegRole.Caller } or CallFact.CallRequested { To: null };
        var wakeUp = WakeUp.Look;
        try
        {
            if (callEvent.Fact is CallFact.EndRequested)
            {
                await advancer.EndInlineAsync(callId, InlineBudget, cancellationToken);
            }
            else if (outcome == AppendOutcome.Appended && workflows.SparesWakeUps && MayWake(callEvent.Fact) && !budget.IsHot(callId))
            {
                wakeUp = await wakeUps.AfterAsync(callId, callEvent, isAwaited, InlineBudget, cancellationToken);
            }
            else if (isAwaited && !budget.IsHot(callId))
            {
                await advancer.DispatchInlineAsync(callId, InlineBudget, cancellationToken);
            }
        }
        catch (JournalUnavailableException unavailable)
        {
            LogInlineFailed(callId, unavailable);
        }

        try
        {
            await WakeAsync(received with { Tracking = tracking }, wakeUp, cancellationToken);
        }
        catch (Exception asleep) when (asleep is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogNotWoken(callId, asleep);
        }

        return outcome;
    }

    private static string SpanOf(CallFact fact) => fact switch
    {
        CallFact.CallAnnounced or CallFact.CallRequested => GatewaySpans.StartCall,
        CallFact.HandoffRequested => GatewaySpans.Handoff,
        _ => GatewaySpans.Event,
    };

    /// <summary>Counts an event that is not stored. The call is told once for each reason, so that its history shows the gap.</summary>
    private async ValueTask<AppendOutcome> OmitAsync(ReceivedEvent received, string reason, CancellationToken cancellationToken)
    {
        var (callId, callEvent, tracking) = received;
        GatewayMeter.EventsOmitted.Add(1, new KeyValuePair<string, object?>("reason", reason));
        if (budget.IsUnrecorded(callId, reason))
        {
            LogOmitted(callId, reason);
            var omitted = InferredEvents.Omitted(reason, callEvent.Room, timeProvider.GetUtcNow());
            await journal.AppendAsync(callId, omitted, tracking, cancellationToken);
            budget.Recorded(callId, reason);
        }

        return AppendOutcome.Refused;
    }

    /// <summary>Whether a fact may change what is next for its call.</summary>
    private static bool MayWake(CallFact fact) => fact is not (CallFact.Unhandled or CallFact.QualityMeasured);

    /// <summary>
    /// Wakes the workflow where the event may change what is next. An unhandled event changes nothing, so its call needs a
    /// workflow but no evaluation.
    /// </summary>
    private ValueTask WakeAsync(ReceivedEvent received, WakeUp wakeUp, CancellationToken cancellationToken) => received switch
    {
        _ when wakeUp == WakeUp.None => ValueTask.CompletedTask,
        { Event.Fact: CallFact.Unhandled, Tracking: Tracking.RecordOnly } or { Event.Fact: CallFact.QualityMeasured } =>
            ValueTask.CompletedTask,
        { Event.Fact: CallFact.Unhandled } => workflows.StartAsync(received.CallId, cancellationToken),
        { Tracking: Tracking.Follow } when wakeUp == WakeUp.Begin => workflows.StartAsync(received.CallId, cancellationToken),
        _ when wakeUp == WakeUp.Begin => ValueTask.CompletedTask,
        { Tracking: Tracking.Follow } => workflows.StartOrSignalAsync(received.CallId, cancellationToken),
        _ => workflows.SignalAsync(received.CallId, cancellationToken),
    };

    [LoggerMessage(2103, LogLevel.Warning, "Call {CallId} has {Reason}: from here on such events of it are counted and not stored")]
    private partial void LogOmitted(CallId callId, string reason);

    [LoggerMessage(2101, LogLevel.Warning, "What is first due for call {CallId} could not be tried at once; its workflow will")]
    private partial void LogInlineFailed(CallId callId, Exception exception);

    [LoggerMessage(2102, LogLevel.Error, "The workflow of call {CallId} could not be woken; the sweeper will")]
    private partial void LogNotWoken(CallId callId, Exception exception);
}
