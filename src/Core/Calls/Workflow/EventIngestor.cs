using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>Takes one event of a call in: journals it, sends the agent at once where that is due, and wakes the workflow.</summary>
public sealed partial class EventIngestor(ICallJournal journal, ICallWorkflows workflows, CallAdvancer steps, ILogger<EventIngestor> logger)
{
    /// <summary>How long the sender of a webhook waits for the agent's dispatch at most.</summary>
    public static TimeSpan InlineBudget { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Takes an event in.</summary>
    /// <returns>Whether it was new.</returns>
    /// <exception cref="JournalUnavailableException">It could not be recorded; the sender must offer it again. Whatever fails after that is mended by the workflow or the sweeper.</exception>
    public async ValueTask<AppendOutcome> IngestAsync(ReceivedEvent occurrence, CancellationToken cancellationToken)
    {
        var (callId, callEvent, watch) = occurrence;
        GatewaySpans.About(callId);
        if (watch == Tracking.RecordOnly && callEvent.Fact is CallFact.LegJoined or CallFact.LegLeft
            && CallState.Of(await journal.ReadAsync(callId, cancellationToken)).IsCall)
        {
            // In a room of a foreign name, a leg that is told of late can come after the call was closed, and be untold yet.
            watch = Tracking.Follow;
        }

        var outcome = await journal.AppendAsync(callId, callEvent, watch, cancellationToken);
        try
        {
            if (callEvent.Fact is CallFact.LegJoined { Leg.Role: LegRole.Caller })
            {
                await steps.DispatchInlineAsync(callId, InlineBudget, cancellationToken);
            }
        }
        catch (JournalUnavailableException unavailable)
        {
            LogInlineFailed(callId, unavailable);
        }

        try
        {
            await WakeAsync(occurrence with { Watch = watch }, cancellationToken);
        }
        catch (Exception asleep) when (asleep is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogNotWoken(callId, asleep);
        }

        return outcome;
    }

    /// <summary>
    /// Wakes the workflow where the event may change what is next. An event that is only noted changes nothing, so its call needs a
    /// workflow but no look.
    /// </summary>
    private ValueTask WakeAsync(ReceivedEvent occurrence, CancellationToken cancellationToken) => occurrence switch
    {
        { Event.Fact: CallFact.Unhandled, Watch: Tracking.RecordOnly } => ValueTask.CompletedTask,
        { Event.Fact: CallFact.Unhandled } => workflows.StartAsync(occurrence.CallId, cancellationToken),
        { Watch: Tracking.Follow } => workflows.StartOrSignalAsync(occurrence.CallId, cancellationToken),
        _ => workflows.SignalAsync(occurrence.CallId, cancellationToken),
    };

    [LoggerMessage(2101, LogLevel.Warning, "The first dispatch of call {CallId} could not be tried at once; its workflow will")]
    private partial void LogInlineFailed(CallId callId, Exception exception);

    [LoggerMessage(2102, LogLevel.Error, "The workflow of call {CallId} could not be woken; the sweeper will")]
    private partial void LogNotWoken(CallId callId, Exception exception);
}
