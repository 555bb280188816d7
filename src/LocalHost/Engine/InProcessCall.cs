using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Workflow;

namespace VoiceFunctions.LocalHost.Engine;

/// <summary>The context of one workflow in this process.</summary>
internal sealed class InProcessCall(
    CallId callId, CallAdvancer advancer, Turns turns, TimeProvider timeProvider, CancellationToken stopping)
    : ICallContext
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private CallEvaluation? evaluation;
    private TaskCompletionSource? waiting;
    private bool signalled;
    private bool hasTurn;

    public Task<CallDecision> DecideAsync()
    {
        TakeSignal();
        return DecideAsync(null);
    }

    /// <summary>Does what was decided just now, on the same evaluation. The call is read again only if there may be news.</summary>
    public async Task<CallDecision> RunAsync(CallEffect effect)
    {
        var known = await advancer.ExecuteAsync(evaluation!, stopping);
        return await DecideAsync(TakeSignal() ? null : known);
    }

    public async Task<CallDecision> WaitAsync(DateTimeOffset until)
    {
        await PauseAsync(until);
        return await DecideAsync();
    }

    /// <summary>Waits a little after a failure.</summary>
    public Task PauseAsync() => PauseAsync(timeProvider.GetUtcNow() + Pause);

    /// <summary>Wakes the workflow, or keeps it from its next wait.</summary>
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

    private async Task<CallDecision> DecideAsync(CallSnapshot? known)
    {
        evaluation = await advancer.EvaluateAsync(callId, known, timeProvider.GetUtcNow(), stopping);
        return evaluation.Decision;
    }

    private async Task PauseAsync(DateTimeOffset until)
    {
        GiveTurnBack();
        var left = until - timeProvider.GetUtcNow();
        if (left > TimeSpan.Zero && BeginWait() is { } signal)
        {
            using var won = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(signal, Task.Delay(left < LongestWait ? left : LongestWait, timeProvider, won.Token));
            await won.CancelAsync();
            stopping.ThrowIfCancellationRequested();
            hasTurn = !signal.IsCompleted && evaluation is { State.Legs.Count: 0 } && await turns.TakeAsync(signal);
        }
    }

    private Task? BeginWait()
    {
        lock (gate)
        {
            waiting = signalled ? null : new TaskCompletionSource();
            return waiting?.Task;
        }
    }
}
