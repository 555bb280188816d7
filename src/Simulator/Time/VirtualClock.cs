namespace VoiceFunctions.Simulator.Time;

/// <summary>A clock that stands until it is told to go to the next timer.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Setting), (long Due, long Order)> due = new();
    private long elapsed;
    private long orders;

    /// <summary>How far the clock has gone.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref elapsed));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Interlocked.Read(ref elapsed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Goes to the earliest timer and returns it, set again where it is periodic; <c>null</c> where none is set.
    /// Of the timers of one instant the one that was set first comes first.
    /// </summary>
    public VirtualTimer? Advance()
    {
        lock (gate)
        {
            while (due.TryDequeue(out var next, out var at))
            {
                if (next.Setting == next.Timer.Setting)
                {
                    Interlocked.Exchange(ref elapsed, Math.Max(elapsed, at.Due));
                    Set(next.Timer, next.Timer.Period, next.Timer.Period);
                    return next.Timer;
                }
            }

            return null;
        }
    }

    internal void Change(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            Set(timer, dueTime, period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period);
        }
    }

    /// <summary>Every setting has its own number: what the queue holds of an earlier one is void.</summary>
    private void Set(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        timer.Setting++;
        timer.Period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            due.Enqueue((timer, timer.Setting), (elapsed + dueTime.Ticks, orders++));
        }
    }
}
