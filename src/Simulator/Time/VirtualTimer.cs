namespace VoiceFunctions.Simulator.Time;

/// <summary>A timer of a <see cref="VirtualClock"/>; the clock guards what can change of it.</summary>
internal sealed class VirtualTimer : ITimer
{
    private readonly VirtualClock clock;
    private bool disposed;

    public VirtualTimer(VirtualClock clock, TimerCallback callback, object? state)
    {
        this.clock = clock;
        Fire = ExecutionContext.Capture() is { } context
            ? () => ExecutionContext.Run(context, _ => callback(state), null)
            : () => callback(state);
    }

    /// <summary>Calls back, in the context that made the timer.</summary>
    public Action Fire { get; }

    /// <summary>Which setting of the timer is the valid one.</summary>
    public long Setting { get; set; }

    public TimeSpan Period { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (disposed)
        {
            return false;
        }

        clock.Change(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            clock.Change(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
