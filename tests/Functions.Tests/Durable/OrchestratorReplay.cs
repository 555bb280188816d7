using Microsoft.DurableTask;

namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>Runs an orchestrator over a history, from its beginning, on this thread alone.</summary>
/// <param name="Context">The context it ran on.</param>
/// <param name="Outcome">The orchestrator's task.</param>
internal sealed record OrchestratorReplay(ReplayContext Context, Task Outcome)
{
    /// <summary>Runs.</summary>
    /// <param name="orchestrator">The orchestrator.</param>
    /// <param name="instanceId">The instance's id.</param>
    /// <param name="history">The history; its first row is a <see cref="HistoryEvent.Started"/>.</param>
    /// <param name="known">How many rows an earlier run has seen.</param>
    public static OrchestratorReplay Run(
        Func<TaskOrchestrationContext, Task> orchestrator, string instanceId, IReadOnlyList<HistoryEvent> history, int known)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var context = new ReplayContext(instanceId);
            context.Feed(history[0], known > 0);
            var outcome = orchestrator(context);
            for (var row = 1; row < history.Count; row++)
            {
                context.Feed(history[row], row < known);
            }

            return new OrchestratorReplay(context, outcome);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>
    /// Runs the orchestrator over every beginning of a history and checks each time that it does what the
    /// history says, no less and no more.
    /// </summary>
    /// <returns>How many beginnings there were.</returns>
    public static int EveryBeginning(
        Func<TaskOrchestrationContext, Task> orchestrator, string instanceId, IReadOnlyList<HistoryEvent> history)
    {
        var actions = history.Where(row => row.IsAction).ToList();
        for (var length = 1; length <= history.Count; length++)
        {
            var beginning = history.Take(length).ToList();
            var done = Run(orchestrator, instanceId, beginning, length).Context.Actions;
            var isWholeTurn = length == history.Count || history[length] is HistoryEvent.Started;
            var expected = isWholeTurn ? beginning.Count(row => row.IsAction) : done.Count;
            if (done.Count != expected || !done.SequenceEqual(actions.Take(done.Count)))
            {
                throw new NonDeterminismException(
                    $"After {length} rows of {history.Count} the orchestrator had done {string.Join(", ", done)}.");
            }
        }

        return history.Count;
    }
}
