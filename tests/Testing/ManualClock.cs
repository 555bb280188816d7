using Microsoft.Extensions.Time.Testing;

namespace VoiceFunctions.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Beyond what <see cref="FakeTimeProvider"/> does, it knows how many timers there are,
/// which is how a test knows that the code under test has reached its wait, and its reading can be set back.
/// </summary>
public sealed class ManualClock : FakeTimeProvider
{
    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];
    private int timers;

    /// <summary>Starts at that moment.</summary>
    public ManualClock(DateTimeOffset now)
        : base(now.ToUniversalTime())
    {
    }

    /// <summary>Starts at noon on a Saturday.</summary>
    public ManualClock()
        : this(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers there are that nobody has disposed of.</summary>
    public int Timers
    {
        get
        {
            lock (gate)
            {
                return timers;
            }
        }
    }

    /// <summary>Sets the wall clock. Forwards, time passes; backwards, only the reading changes and no timer notices.</summary>
    public new void SetUtcNow(DateTimeOffset value)
    {
        if (value < GetUtcNow())
        {
            AdjustTime(value);
        }
        else
        {
            base.SetUtcNow(value);
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        Count(1);
        return timer;
    }

    /// <summary>
    /// Completes when there are at least <paramref name="count"/> timers. Code that never gets there fails the test after half a minute of
    /// real time.
    /// </summary>
    public Task UntilTimersAsync(int count, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (timers >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }
    }

    private void Count(int change)
    {
        lock (gate)
        {
            timers += change;
            waiting.FindAll(wait => timers >= wait.Count).ForEach(wait => wait.Reached.TrySetResult());
        }
    }

    private sealed class CountedTimer(ManualClock clock, ITimer inner) : ITimer
    {
        private int disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            inner.Dispose();
            if (Interlocked.Exchange(ref disposed, 1) == 0)
            {
                clock.Count(-1);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
