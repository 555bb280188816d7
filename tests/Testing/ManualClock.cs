namespace VoiceFunctions.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire inside <see cref="Advance"/>, in the order in which they are due, each with the clock standing
/// at its moment.
/// </summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];
    private DateTimeOffset start;
    private TimeSpan elapsed;
    private long created;

    /// <summary>Starts at that moment.</summary>
    public ManualClock(DateTimeOffset now) => start = now.ToUniversalTime();

    /// <summary>Starts at noon on a Saturday.</summary>
    public ManualClock()
        : this(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers are waiting for their moment.</summary>
    public int PendingTimers
    {
        get
        {
            lock (gate)
            {
                return timers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return start + elapsed;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (gate)
        {
            return elapsed.Ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass and fires what becomes due on the way, timers that are set meanwhile included.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        TimeSpan end;
        lock (gate)
        {
            end = elapsed + time;
        }

        while (TakeDue(end) is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Sets the wall clock. Forwards, time passes as with <see cref="Advance"/>; backwards, only the reading changes and no timer notices.</summary>
    public void SetUtcNow(DateTimeOffset now)
    {
        var step = now - GetUtcNow();
        if (step >= TimeSpan.Zero)
        {
            Advance(step);
            return;
        }

        lock (gate)
        {
            start += step;
        }
    }

    /// <summary>Completes when at least <paramref name="count"/> timers are waiting: how a test knows that the code under test has reached its wait.
    /// Code that never gets there fails the test after half a minute of real time.</summary>
    public Task UntilTimersAsync(int count, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (timers.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }
    }

    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (gate)
        {
            var due = timers.Where(timer => timer.Due <= end).OrderBy(timer => timer.Due).ThenBy(timer => timer.Order).FirstOrDefault();
            if (due is null)
            {
                elapsed = end > elapsed ? end : elapsed;
                return null;
            }

            elapsed = due.Due > elapsed ? due.Due : elapsed;
            timers.Remove(due);
            if (due.Period > TimeSpan.Zero)
            {
                Set(due, due.Due + due.Period);
            }

            return due;
        }
    }

    private void Set(ManualTimer timer, TimeSpan due)
    {
        timer.Due = due;
        timer.Order = created++;
        timers.Add(timer);
        foreach (var (_, reached) in waiting.Where(wait => timers.Count >= wait.Count))
        {
            reached.TrySetResult();
        }

        waiting.RemoveAll(wait => wait.Reached.Task.IsCompleted);
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public long Order { get; set; }

        private bool disposed;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                Period = period;
                if (!disposed && dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock.Set(this, clock.elapsed + dueTime);
                }

                return !disposed;
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
