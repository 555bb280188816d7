using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>The journal in memory does not grow without end.</summary>
public sealed class ForgettingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_finished_calls_the_newest_are_kept_and_open_ones_always()
    {
        var clock = new ManualClock(Some.Noon);
        var journal = new InMemoryCallJournal(clock, mostKept: 50);
        await journal.AppendAsync(Some.Call(0), Some.Event("EV"), Tracking.Follow, Stop);
        for (var number = 1; number <= 1000; number++)
        {
            await journal.AppendAsync(Some.Call(number), Some.EventAt("EV", clock.GetUtcNow()), Tracking.Follow, Stop);
            await journal.CloseAsync(Some.Call(number), Stop);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var left = await journal.ListNewestAsync(Stop).ToListAsync(Stop);

        Assert.InRange(left.Count, 51, 151);
        Assert.Contains(Some.Call(0), left);
        Assert.All(Enumerable.Range(951, 50), number => Assert.Contains(Some.Call(number), left));
    }

    [Fact]
    public async Task What_is_young_is_kept_so_that_an_event_that_comes_again_is_known()
    {
        var clock = new ManualClock(Some.Noon);
        var journal = new InMemoryCallJournal(clock, mostKept: 50);
        for (var number = 0; number < 1000; number++)
        {
            await journal.AppendAsync(Some.Call(number), Some.EventAt("EV", clock.GetUtcNow()), Tracking.RecordOnly, Stop);
        }

        Assert.Equal(1000, await journal.ListNewestAsync(Stop).CountAsync(Stop));
    }
}
