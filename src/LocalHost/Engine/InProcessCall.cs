using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.LocalHost.Engine;

/// <summary>The context of one workflow in this process.</summary>
internal sealed class InProcessCall(CallId callId, CallSteps steps, TimeProvider timeProvider, CancellationToken stopping) : ICallContext
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private CallLook? look;
    private TaskCompletionSource? waiting;
    private bool poked;

    public async Task<CallDecision> DecideAsync()
    {
        TakePoke();
        look = await steps.LookAsync(callId, timeProvider.GetUtcNow(), stopping);
        return look.Decision;
    }

    /// <summary>Does what was decided just now, on the same look.</summary>
    public async Task<CallDecision> RunAsync(CallEffect effect)
    {
        await steps.RunAsync(look!, stopping);
        return await DecideAsync();
    }

    public async Task<CallDecision> WaitAsync(DateTimeOffset until)
    {
        await PauseAsync(until);
        return await DecideAsync();
    }

    /// <summary>Waits a little after a failure.</summary>
    public Task PauseAsync() => PauseAsync(timeProvider.GetUtcNow() + Pause);

    /// <summary>Wakes the workflow, or keeps it from its next wait.</summary>
    public void Poke()
    {
        lock (gate)
        {
            poked = true;
            waiting?.TrySetResult();
        }
    }

    /// <summary>Takes a poke that came since the last look; false where there was none.</summary>
    public bool TakePoke()
    {
        lock (gate)
        {
            var was = poked;
            poked = false;
            return was;
        }
    }

    private async Task PauseAsync(DateTimeOffset until)
    {
        var left = until - timeProvider.GetUtcNow();
        if (left > TimeSpan.Zero && BeginWait() is { } poke)
        {
            using var won = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(poke, Task.Delay(left < LongestWait ? left : LongestWait, timeProvider, won.Token));
            await won.CancelAsync();
            stopping.ThrowIfCancellationRequested();
        }
    }

    private Task? BeginWait()
    {
        lock (gate)
        {
            waiting = poked ? null : new TaskCompletionSource();
            return waiting?.Task;
        }
    }
}
