namespace VoiceFunctions.Bench.Calls;

/// <summary>A clock that the benchmark turns. It finds the next of many timers without looking at all of them.</summary>
/// <param name="thread">Does what timers bring about before the clock goes on.</param>
internal sealed class TurnedClock(OneThread thread) : TimeProvider
{
    private readonly PriorityQueue<Timer, DateTimeOffset> timers = new();
    private DateTimeOffset now = System.GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

#pragma warning disable CA2000 // A timer is its holder's, who may stop it at any time.
    public void Turn(TimeSpan time)
    {
        var until = now + time;
        while (timers.TryPeek(out var next, out var due) && due <= until)
        {
            timers.Dequeue();
            if (next.Due == due)
            {
                now = due > now ? due : now;
                next.Fire();
                thread.Pump();
            }
        }

        now = until;
    }
#pragma warning restore CA2000

    private sealed class Timer(TurnedClock clock, Action callback) : ITimer
    {
        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime < TimeSpan.Zero ? null : clock.now + dueTime;
            if (Due is { } due)
            {
                clock.timers.Enqueue(this, due);
            }

            return true;
        }

        public void Fire()
        {
            Due = null;
            callback();
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
