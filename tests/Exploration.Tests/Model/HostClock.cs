using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>The schedule's time as a host reads it. Timers ring once; they die with the host and wait while it stands still.</summary>
internal sealed class HostClock(Host host) : TimeProvider
{
    private static readonly ulong Mark = Fingerprint.Of("timer");

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => host.Now;

    public override long GetTimestamp() => host.Schedule.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(host, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Host host, Action ring) : ITimer
    {
        private Alarm? alarm;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            alarm = dueTime < TimeSpan.Zero
                ? null
                : host.Schedule.Set(new Alarm(host.Schedule.Now + dueTime, "timer", Mark, ring) { Clock = host });
            return true;
        }

        public void Dispose()
        {
            if (alarm is not null)
            {
                host.Schedule.Cancel(alarm);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
