using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>
/// An orchestration context that is fed a history row by row and checks that the orchestrator does again what it did when the history
/// was written. Events go to the newest waiter of their name and are kept where nobody waits, and a cancelled waiter swallows its
/// event, as in the real context.
/// </summary>
internal sealed class ReplayContext(string instanceId) : TaskOrchestrationContext
{
    private readonly Dictionary<int, TaskCompletionSource<string?>> tasks = [];
    private readonly Dictionary<string, Stack<Action<string?>>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent> actions = [];
    private readonly List<HistoryEvent.EventRaised> kept = [];
    private readonly HashSet<int> cancelledTimers = [];
    private int confirmed;
    private bool isReplaying;
    private DateTime now;

    /// <summary>What the orchestrator did, in order.</summary>
    public IReadOnlyList<HistoryEvent> Actions => actions;

    /// <summary>What it did beyond the history.</summary>
    public IReadOnlyList<HistoryEvent> NewActions => actions[confirmed..];

    /// <summary>The timers that it no longer needs.</summary>
    public IReadOnlySet<int> CancelledTimers => cancelledTimers;

    /// <summary>The most waits for one name that were ever outstanding together.</summary>
    public int MostWaiters { get; private set; }

    /// <summary>Whether it asked to begin anew.</summary>
    public bool IsContinuedAsNew { get; private set; }

    /// <summary>The events that nobody waited for.</summary>
    public IReadOnlyList<HistoryEvent.EventRaised> Kept => kept;

    public override TaskName Name => "CallOrchestration";

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => now;

    public override bool IsReplaying => isReplaying;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>Feeds one row.</summary>
    public void Feed(HistoryEvent row, bool replaying)
    {
        isReplaying = replaying;
        switch (row)
        {
            case HistoryEvent.Started started:
                now = started.Time;
                break;
            case { IsAction: true }:
                Confirm(row);
                break;
            case HistoryEvent.TaskCompleted completed:
                Open(completed.Id, row).TrySetResult(completed.Result);
                break;
            case HistoryEvent.TaskFailed failed:
                Open(failed.Id, row).TrySetException(new ActivityFailedException(failed.Reason));
                break;
            case HistoryEvent.TimerFired fired:
                Open(fired.Id, row).TrySetResult(null);
                break;
            case HistoryEvent.EventRaised raised when waiters.TryGetValue(raised.Name, out var waiting) && waiting.TryPop(out var newest):
                newest(raised.Payload);
                break;
            case HistoryEvent.EventRaised raised:
                kept.Add(raised);
                break;
        }
    }

    public override T? GetInput<T>()
        where T : default => default;

    public override Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivityAsync<object?>(name, input, options);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var policy = options?.Retry?.Policy;
        var pause = policy?.FirstRetryInterval ?? TimeSpan.Zero;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (TResult)Wire.Read(
                    await Act(id => new HistoryEvent.TaskScheduled(id, name.Name, Wire.Write(input))),
                    typeof(TResult))!;
            }
            catch (ActivityFailedException) when (attempt < policy?.MaxNumberOfAttempts)
            {
                await CreateTimer(now + pause, CancellationToken.None);
                pause = TimeSpan.FromTicks(Math.Min((long)(pause.Ticks * policy.BackoffCoefficient), policy.MaxRetryInterval.Ticks));
            }
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var id = actions.Count;
        var timer = Act(_ => new HistoryEvent.TimerCreated(id, fireAt));
        cancellationToken.Register(() =>
        {
            if (tasks[id].TrySetCanceled(cancellationToken))
            {
                cancelledTimers.Add(id);
            }
        });
        return timer;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var waiter = new TaskCompletionSource<T>();
        var waiting = waiters.TryGetValue(eventName, out var others) ? others : waiters[eventName] = new();
        if (kept.FirstOrDefault(raised => string.Equals(raised.Name, eventName, StringComparison.OrdinalIgnoreCase)) is { } early)
        {
            kept.Remove(early);
            waiter.SetResult((T)Wire.Read(early.Payload, typeof(T))!);
            return waiter.Task;
        }

        waiting.Push(payload => waiter.TrySetResult((T)Wire.Read(payload, typeof(T))!));
        MostWaiters = Math.Max(MostWaiters, waiting.Count);
        cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        return waiter.Task;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        IsContinuedAsNew = true;
        if (!preserveUnprocessedEvents)
        {
            kept.Clear();
        }
    }

    public override ILogger CreateReplaySafeLogger(string categoryName) => NullLogger.Instance;

    public override void SetCustomStatus(object? customStatus)
    {
    }

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private Task<string?> Act(Func<int, HistoryEvent> action)
    {
        var id = actions.Count;
        actions.Add(action(id));
        tasks[id] = new TaskCompletionSource<string?>();
        return tasks[id].Task;
    }

    private TaskCompletionSource<string?> Open(int id, HistoryEvent row) =>
        tasks.TryGetValue(id, out var task)
            ? task
            : throw new NonDeterminismException($"The history has {row}, but the orchestrator never asked for it.");

    private void Confirm(HistoryEvent row)
    {
        if (confirmed == actions.Count || actions[confirmed] != row)
        {
            throw new NonDeterminismException(
                $"The history has {row}, the orchestrator did {(confirmed == actions.Count ? "nothing" : actions[confirmed])}.");
        }

        confirmed++;
    }
}
