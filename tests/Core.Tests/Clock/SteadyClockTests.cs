using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Clock;

public sealed class SteadyClockTests : IDisposable
{
    private readonly ManualClock time = new();
    private readonly JumpingClock wall;
    private readonly CollectingLoggers log = new();
    private readonly SteadyClock clock;

    public SteadyClockTests()
    {
        wall = new JumpingClock(time);
        clock = new SteadyClock(wall, log.CreateLogger<SteadyClock>());
    }

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void A_jump_of_the_wall_clock_is_told_once_and_followed_by_one_percent(int seconds)
    {
        clock.GetUtcNow();

        wall.Ahead = TimeSpan.FromSeconds(seconds);

        Assert.Equal(time.GetUtcNow(), clock.GetUtcNow());
        time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromSeconds(Math.Sign(seconds)), clock.GetUtcNow());
        Assert.StartsWith("Warning 2301 The wall clock stands", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_jumps_back_where_it_was_is_told_again_when_it_jumps_again()
    {
        foreach (var seconds in new[] { 3600, 0, 3600 })
        {
            wall.Ahead = TimeSpan.FromSeconds(seconds);
            clock.GetUtcNow();
        }

        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public void What_is_within_its_tolerance_is_neither_told_nor_followed()
    {
        wall.Ahead = SteadyClock.Tolerance;
        time.Advance(TimeSpan.FromHours(10));

        Assert.Equal(time.GetUtcNow(), clock.GetUtcNow());
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void It_ends_its_following_where_it_arrives_and_never_runs_backwards()
    {
        wall.Ahead = TimeSpan.FromSeconds(-5);
        var last = clock.GetUtcNow();
        for (var minute = 0; minute < 20; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(clock.GetUtcNow() > last);
            last = clock.GetUtcNow();
        }

        Assert.InRange(clock.GetUtcNow() - wall.GetUtcNow(), TimeSpan.Zero, SteadyClock.Tolerance);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void A_host_whose_clock_is_wrong_from_the_start_counts_by_the_journals_time(int seconds)
    {
        wall.Ahead = TimeSpan.FromSeconds(seconds);
        var wrong = new SteadyClock(wall, log.CreateLogger<SteadyClock>());

        wrong.Follow(time.GetUtcNow());

        Near(time.GetUtcNow(), wrong.GetUtcNow());
        Near(time.GetUtcNow(), wrong.Shared.GetUtcNow());
        Assert.StartsWith("Warning 2301 The journal clock stands", Assert.Single(log.Lines), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromHours(1));
        Near(time.GetUtcNow(), wrong.GetUtcNow());
    }

    [Fact]
    public void A_journal_whose_time_jumps_later_is_followed_slowly()
    {
        clock.Follow(time.GetUtcNow());

        clock.Follow(time.GetUtcNow() + TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromSeconds(100));

        Near(time.GetUtcNow() + TimeSpan.FromSeconds(1), clock.GetUtcNow());
        Assert.Single(log.Lines);
    }

    [Fact]
    public void Tokens_go_by_the_wall_clock_until_the_journal_tells_its_time()
    {
        wall.Ahead = TimeSpan.FromHours(1);

        Assert.Equal(wall.GetUtcNow(), clock.Shared.GetUtcNow());
        clock.Follow(time.GetUtcNow());
        Near(time.GetUtcNow(), clock.Shared.GetUtcNow());
    }

    [Fact]
    public async Task Its_timers_are_the_systems()
    {
        var waiting = Task.Delay(TimeSpan.FromSeconds(10), clock, TestContext.Current.CancellationToken);

        wall.Ahead = TimeSpan.FromHours(1);
        clock.GetUtcNow();
        var isOver = waiting.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.False(isOver);
        await waiting;
    }

    [Fact]
    public async Task A_timer_never_fires_before_the_time_that_it_was_set_for()
    {
        wall.Ahead = TimeSpan.FromHours(-1);
        var due = clock.GetUtcNow() + TimeSpan.FromSeconds(100);
        var waiting = Task.Delay(due - clock.GetUtcNow(), clock, TestContext.Current.CancellationToken);

        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await waiting;
        Assert.InRange(clock.GetUtcNow() - due, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
    }

    /// <summary>The store tells whole seconds, so half a second is as near as it gets.</summary>
    private static void Near(DateTimeOffset expected, DateTimeOffset actual) =>
        Assert.InRange((actual - expected).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(1));
}
