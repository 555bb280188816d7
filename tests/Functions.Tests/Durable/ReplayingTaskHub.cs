using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>
/// A task hub on a manual clock: runs orchestrations by replaying their whole history each time, and their activities one after the other.
/// </summary>
/// <param name="clock">The clock of its timers.</param>
/// <param name="orchestrator">The one orchestrator.</param>
/// <param name="activity">Runs an activity by its name with its serialized input.</param>
internal sealed class ReplayingTaskHub(
    ManualClock clock, Func<TaskOrchestrationContext, Task> orchestrator, Func<string, string?, Task<string?>> activity)
{
    private readonly Dictionary<string, HubInstance> instances = [];
    private readonly Queue<(HubInstance Instance, HistoryEvent.TaskScheduled Task)> work = [];

    /// <summary>Whether each activity is run twice, as after a crash between its work and its answer.</summary>
    public bool RunsTwice { get; set; }

    public IReadOnlyDictionary<string, HubInstance> Instances => instances;

    public void Start(string id) => instances[id] = new HubInstance(id);

    public void Forget(string id) => instances.Remove(id);

    /// <summary>Runs everything that can run without time passing. Returns whether anything ran.</summary>
    public async Task<bool> SettleAsync()
    {
        var ran = false;
        while (true)
        {
            if (instances.Values.FirstOrDefault(instance =>
                instance.Status == OrchestrationRuntimeStatus.Pending || (instance.IsAlive && instance.Inbox.Count > 0)) is { } ready)
            {
                Turn(ready);
            }
            else if (work.TryDequeue(out var item))
            {
                item.Instance.Inbox.Add(await RunAsync(item.Task));
            }
            else
            {
                return ran;
            }

            ran = true;
        }
    }

    /// <summary>
    /// Moves the clock to the next timer, at most to <paramref name="end"/>, and fires it. Returns false when there was none.
    /// </summary>
    public bool FireNext(DateTimeOffset end)
    {
        var next = instances.Values.Where(instance => instance.IsAlive)
            .SelectMany(instance =>
                instance.Timers.Select(timer => (Instance: instance, Id: timer.Key, At: new DateTimeOffset(timer.Value, TimeSpan.Zero))))
            .OrderBy(timer => timer.At)
            .FirstOrDefault();
        if (next.Instance is null || next.At > end)
        {
            return false;
        }

        clock.Advance(next.At > clock.GetUtcNow() ? next.At - clock.GetUtcNow() : TimeSpan.Zero);
        next.Instance.Timers.Remove(next.Id);
        next.Instance.Inbox.Add(new HistoryEvent.TimerFired(next.Id));
        return true;
    }

    private void Turn(HubInstance instance)
    {
        var known = instance.History.Count;
        instance.Status = OrchestrationRuntimeStatus.Running;
        instance.History.Add(new HistoryEvent.Started(clock.GetUtcNow().UtcDateTime));
        instance.History.AddRange(instance.Inbox);
        instance.Inbox.Clear();

        var (context, outcome) = OrchestratorReplay.Run(orchestrator, instance.Id, instance.History, known);
        instance.MostWaiters = Math.Max(instance.MostWaiters, context.MostWaiters);
        instance.Failure = outcome.Exception?.InnerException;
        foreach (var action in context.NewActions)
        {
            instance.History.Add(action);
            if (action is HistoryEvent.TimerCreated timer)
            {
                instance.Timers.Add(timer.Id, timer.FireAt);
            }
            else if (action is HistoryEvent.TaskScheduled task)
            {
                work.Enqueue((instance, task));
            }
        }

        foreach (var cancelled in context.CancelledTimers)
        {
            instance.Timers.Remove(cancelled);
        }

        if (outcome.IsCompleted)
        {
            instance.EndGeneration(context.Kept, goesOn: outcome.IsCompletedSuccessfully && context.IsContinuedAsNew);
        }
    }

    private async Task<HistoryEvent> RunAsync(HistoryEvent.TaskScheduled task)
    {
        try
        {
            if (RunsTwice)
            {
                await activity(task.Name, task.Input);
            }

            return new HistoryEvent.TaskCompleted(task.Id, await activity(task.Name, task.Input));
        }
#pragma warning disable CA1031 // Whatever an activity throws is its outcome.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return new HistoryEvent.TaskFailed(task.Id, failure.Message);
        }
    }
}
