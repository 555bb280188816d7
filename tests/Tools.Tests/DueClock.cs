using System.Threading.Channels;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tools;

/// <summary>A manual clock that tells which timers are made, so that a test moves it only when what it waits for is under way.</summary>
internal sealed class DueClock : TimeProvider
{
    private readonly ManualClock clock = new();
    private readonly Channel<TimeSpan> made = Channel.CreateUnbounded<TimeSpan>();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        made.Writer.TryWrite(dueTime);
        return timer;
    }

    public void Advance(TimeSpan time) => clock.Advance(time);

    /// <summary>Waits until a timer like that is made, and tells when it is due. Fails after half a minute of real time.</summary>
    public async Task<TimeSpan> UntilTimerAsync(Func<TimeSpan, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var due = await made.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            if (wanted(due))
            {
                return due;
            }
        }
    }
}
