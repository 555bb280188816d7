namespace VoiceFunctions.Simulator.Time;

/// <summary>A clock whose wall time can jump, as a machine's does: what really passes, and the timers, are those of another.</summary>
public sealed class JumpingClock(TimeProvider inner) : TimeProvider
{
    /// <summary>How far its wall time stands ahead of the inner one's.</summary>
    public TimeSpan Ahead { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Ahead;

    /// <inheritdoc/>
    public override long GetTimestamp() => inner.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
