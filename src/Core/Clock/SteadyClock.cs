using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Clock;

/// <summary>
/// The time by which calls are decided: the wall clock's when the process began, and from then on what has really passed. Where the wall
/// clock jumps, this one goes on, so that no jump ends a call; it follows by <see cref="Slew"/> of the time that passes. Once the journal's
/// store has told its own time (<see cref="Follow"/>), that is followed in the place of the wall clock, so that all hosts of a journal
/// count alike. Timers are the system's.
/// </summary>
/// <param name="system">The wall clock, the monotonic clock and the timers.</param>
/// <param name="logger">Is told where another clock strays.</param>
public sealed partial class SteadyClock(TimeProvider system, ILogger<SteadyClock> logger) : TimeProvider
{
    /// <summary>How much of the time that passes it makes up at most: 36 s in the longest call of an hour.</summary>
    public const double Slew = 0.01;

    /// <summary>From how far on it follows: the store tells its time in whole seconds, and an answer takes a moment.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How far another clock may stand from this one before a warning tells.</summary>
    public static TimeSpan Stray { get; } = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan HalfASecond = TimeSpan.FromSeconds(0.5);

    private readonly Lock gate = new();
    private DateTimeOffset now = system.GetUtcNow();
    private long read = system.GetTimestamp();
    private TimeSpan behind;
    private bool isLed;
    private bool wallStrays;
    private bool storeStrays;

    /// <inheritdoc/>
    public override long TimestampFrequency => system.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    /// <summary>
    /// The time that other machines go by, for what they check and what they sign: the store's once it has told it, the wall clock's
    /// before.
    /// </summary>
    public TimeProvider Shared => new SharedTime(this);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return Read();
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => system.GetTimestamp();

    /// <inheritdoc/>
    /// <remarks>
    /// While this clock is made slower, a timer is made as much longer: one that fired before its time would be set again and again.
    /// </remarks>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            Read();
            dueTime = dueTime > TimeSpan.Zero && behind < -Tolerance ? dueTime / (1 - Slew) + Tick : dueTime;
        }

        return system.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>
    /// Takes the time that the journal's store told just now, in whole seconds. The first one may set this clock, forwards or backwards:
    /// nothing has been decided by it yet.
    /// </summary>
    public void Follow(DateTimeOffset told)
    {
        lock (gate)
        {
            behind = told + HalfASecond - Read();
            var strays = behind.Duration() > Stray;
            if (strays && !storeStrays)
            {
                Tell("journal", behind);
            }

            storeStrays = strays;
            if (!isLed && strays)
            {
                now += behind;
                (behind, storeStrays, wallStrays) = (TimeSpan.Zero, false, true);
            }

            isLed = true;
        }
    }

    private DateTimeOffset Read()
    {
        var timestamp = system.GetTimestamp();
        var passed = system.GetElapsedTime(read, timestamp);
        read = timestamp;
        var most = passed * Slew;
        var made = behind.Duration() <= Tolerance ? TimeSpan.Zero : behind > most ? most : behind < -most ? -most : behind;
        now += passed + made;
        behind -= made;

        var wall = system.GetUtcNow() - now;
        behind = isLed ? behind : wall;
        var strays = wall.Duration() > Stray;
        if (strays && !wallStrays)
        {
            Tell("wall", wall);
        }

        wallStrays = strays;
        return now;
    }

    private void Tell(string clock, TimeSpan ahead)
    {
        GatewayMeter.ClockStrayed.Add(1, new KeyValuePair<string, object?>("clock", clock));
        LogStrayed(clock, ahead.TotalSeconds);
    }

    [LoggerMessage(
        2301,
        LogLevel.Warning,
        "The {Clock} clock stands {Seconds:F0} s from the time that calls are decided by; no call is ended for that")]
    private partial void LogStrayed(string clock, double seconds);

    private sealed class SharedTime(SteadyClock clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.SharedNow();
    }

    private DateTimeOffset SharedNow()
    {
        lock (gate)
        {
            var steady = Read();
            return isLed ? steady : system.GetUtcNow();
        }
    }
}
