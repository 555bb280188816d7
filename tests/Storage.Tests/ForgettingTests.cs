using System.Runtime.CompilerServices;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
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

    [Fact]
    public async Task Beyond_the_newest_a_finished_call_keeps_what_decisions_need_and_nothing_for_a_proof()
    {
        var clock = new ManualClock(Some.Noon);
        var journal = new InMemoryCallJournal(clock, mostKept: 1);
        for (var number = 0; number < 2; number++)
        {
            await journal.AppendAsync(Some.Call(number), Some.Event("EV") with { Raw = "{}" }, Tracking.Follow, Stop);
            var end = await journal.CommitAsync(Some.Call(number), "", Some.Step(Some.Call(number), Some.Claim("end")), Stop);
            await journal.CommitAsync(Some.Call(number), end.Version!, Some.Step(Some.Call(number), Some.Claim("end")), Stop);
            await journal.CloseAsync(Some.Call(number), Stop);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var thinned = await journal.ReadAsync(Some.Call(0), Stop);
        Assert.Null(Assert.Single(thinned.Events).Raw);
        Assert.Equal("end", Assert.Single(thinned.Claims).Key);
        Assert.Empty(await journal.ReadRowsAsync(Some.Call(0), Stop));
        Assert.NotEmpty(await journal.ReadRowsAsync(Some.Call(1), Stop));
        Assert.Equal(AppendOutcome.Duplicate, await journal.AppendAsync(Some.Call(0), Some.Event("EV"), Tracking.Follow, Stop));

        var more = Some.Step(Some.Call(0), Some.Claim("delete-room:1"));
        var step = await journal.CommitAsync(Some.Call(0), thinned.Version, more, Stop);
        Assert.Equal(CommitOutcome.Committed, step.Outcome);
        Assert.Equal(CommitOutcome.Conflict, (await journal.CommitAsync(Some.Call(0), thinned.Version, more, Stop)).Outcome);
        Assert.Equal(CommitOutcome.Committed, (await journal.CommitAsync(Some.Call(0), step.Version!, more, Stop)).Outcome);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Of_a_finished_call_beyond_the_newest_no_object_lives_on(int mostKept, bool isGone)
    {
        var clock = new ManualClock(Some.Noon);
        var journal = new InMemoryCallJournal(clock, mostKept);
        var old = await EndedAsync(journal, 0);
        clock.Advance(TimeSpan.FromSeconds(1));
        await EndedAsync(journal, 1);

        GC.Collect();

        Assert.Equal(isGone, !old.IsAlive);
        Assert.Single((await journal.ReadAsync(Some.Call(0), Stop)).Events);
        GC.KeepAlive(journal);
    }

    /// <summary>A call that came and ended; gives its event without keeping it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> EndedAsync(InMemoryCallJournal journal, int number)
    {
        var came = Some.Event($"EV{number}");
        await journal.AppendAsync(Some.Call(number), came, Tracking.Follow, Stop);
        await journal.CloseAsync(Some.Call(number), Stop);
        return new WeakReference(came);
    }
}
