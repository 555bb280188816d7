using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Workflow;

namespace VoiceFunctions.LocalHost.Engine;

/// <summary>The context of one workflow in this process.</summary>
internal sealed class InProcessCall(
    CallId callId, CallAdvancer advancer, Turns turns, TimeProvider timeProvider, CancellationToken stopping)
    : ICallContext, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private CallEvaluation? evaluation;
    private ITimer? alarm;
    private TaskCompletionSource? waiting;
    private DateTimeOffset dueAt = DateTimeOffset.MaxValue;
    private bool signalled;
    private bool hasTurn;

    public async Task<CallDecision> DecideAsync()
    {
        TakeSignal();
        Due(timeProvider.GetUtcNow());
        evaluation = await advancer.EvaluateAsync(callId, timeProvider.GetUtcNow(), stopping);
        return evaluation.Decision;
    }

    /// <summary>Does what was decided just now, and what is due after it. The call is read again only if there may be news.</summary>
    public async Task<CallDecision> RunAsync(CallEffect effect)
    {
        var isSignalled = false;
        evaluation = await advancer.FollowAsync(evaluation!, HasNews, stopping);
        return evaluation.Decision;

        bool HasNews()
        {
            Due(timeProvider.GetUtcNow());
            return isSignalled |= TakeSignal();
        }
    }

    public async Task<CallDecision> WaitAsync(DateTimeOffset until)
    {
        await PauseAsync(until);
        return await DecideAsync();
    }

    /// <summary>Waits a little after a failure.</summary>
    public Task PauseAsync() => PauseAsync(timeProvider.GetUtcNow() + Pause);

    /// <summary>Wakes the workflow, or keeps it from its next wait. The workflow goes on where it was started, never here.</summary>
    public void Signal()
    {
        lock (gate)
        {
            signalled = true;
            waiting?.TrySetResult();
        }
    }

    /// <summary>Takes a signal that came since the last evaluation; false where there was none.</summary>
    public bool TakeSignal()
    {
        lock (gate)
        {
            var was = signalled;
            signalled = false;
            return was;
        }
    }

    /// <summary>Gives the turn back, where the call has one: it waits, or is over.</summary>
    public void GiveTurnBack()
    {
        if (hasTurn)
        {
            hasTurn = false;
            turns.GiveBack();
        }
    }

    /// <summary>Whether it should have woken, or finished what it does, longer ago than that.</summary>
    public bool IsLate(TimeSpan overdue)
    {
        lock (gate)
        {
            return dueAt < timeProvider.GetUtcNow() - overdue;
        }
    }

    public void Dispose() => alarm?.Dispose();

    /// <summary>Waits on the call's one timer, which a signal puts off.</summary>
    private async Task PauseAsync(DateTimeOffset until)
    {
        GiveTurnBack();
        // What it knows is read again after the wait; until then it would be most of what a call keeps in memory.
        var isUnjoined = evaluation is { State.Legs.Count: 0 };
        evaluation = null;
        var left = until - timeProvider.GetUtcNow();
        if (left > TimeSpan.Zero && BeginWait() is { } woken)
        {
            Due(until);
            alarm ??= timeProvider.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            alarm.Change(left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan);
            await woken;
            alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            stopping.ThrowIfCancellationRequested();
            Due(DateTimeOffset.MaxValue);
            hasTurn = isUnjoined && BeginWait() is { } signal && await turns.TakeAsync(signal);
            stopping.ThrowIfCancellationRequested();
        }
    }

    private void Due(DateTimeOffset time)
    {
        lock (gate)
        {
            dueAt = time;
        }
    }

    private Task? BeginWait()
    {
        lock (gate)
        {
            waiting = signalled ? null : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiting?.Task;
        }
    }

    /// <summary>The time has come.</summary>
    private void Ring()
    {
        lock (gate)
        {
            waiting?.TrySetResult();
        }
    }
}
