using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Storage;

/// <summary>Which calls every journal keeps in sight, finds, and deletes.</summary>
public abstract class CallListingContract(IJournals journals) : JournalContract(journals)
{
    [Fact]
    public async Task Watched_calls_are_listed_and_others_are_not()
    {
        for (var i = 0; i < 40; i++)
        {
            await AppendAsync(Some.Call(i), "EV_1", i % 2 == 0 ? Tracking.Follow : Tracking.RecordOnly);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => Some.Call(i * 2)).ToHashSet(), await ListAsync());
    }

    [Fact]
    public async Task A_call_that_becomes_worth_watching_is_listed()
    {
        await AppendAsync(Some.Call(), "EV_1", Tracking.RecordOnly);
        await AppendAsync(Some.Call(), "EV_2", Tracking.Follow);
        await AppendAsync(Some.Call(), "EV_3", Tracking.RecordOnly);

        Assert.Equal([Some.Call()], await ListAsync());
    }

    [Fact]
    public async Task A_closed_call_is_not_listed_and_stays_readable()
    {
        await AppendAsync(Some.Call(1), "EV_1");
        await AppendAsync(Some.Call(2), "EV_1");

        await Journal.CloseAsync(Some.Call(1), Stop);

        Assert.Equal([Some.Call(2)], await ListAsync());
        Assert.Single((await Journal.ReadAsync(Some.Call(1), Stop)).Events);
    }

    [Fact]
    public async Task Closing_again_or_closing_what_nobody_knows_changes_nothing()
    {
        await AppendAsync(Some.Call(), "EV_1");
        await Journal.CloseAsync(Some.Call(), Stop);
        var version = (await Journal.ReadAsync(Some.Call(), Stop)).Version;
        Clock.Advance(TimeSpan.FromDays(10));

        await Journal.CloseAsync(Some.Call(), Stop);
        await Journal.CloseAsync(Some.Call(2), Stop);

        Assert.Empty(await ListAsync());
        Assert.Equal(version, (await Journal.ReadAsync(Some.Call(), Stop)).Version);
        Assert.True((await Journal.ReadAsync(Some.Call(2), Stop)).IsEmpty);
        Assert.Equal(1, await Journal.PurgeAsync(Clock.GetUtcNow().AddDays(-9), Stop));
    }

    [Fact]
    public async Task A_new_event_of_a_closed_call_lists_it_again()
    {
        await AppendAsync(Some.Call(), "EV_1");
        await AppendAsync(Some.Call(), "EV_2");
        await Journal.CloseAsync(Some.Call(), Stop);

        await AppendAsync(Some.Call(), "EV_3");
        Assert.Equal([Some.Call()], await ListAsync());

        await Journal.CloseAsync(Some.Call(), Stop);
        Assert.Empty(await ListAsync());
    }

    [Theory]
    [InlineData("EV_1", Tracking.Follow)]
    [InlineData("EV_2", Tracking.RecordOnly)]
    public async Task A_repeated_or_unwatched_event_of_a_closed_call_does_not_list_it(string eventId, Tracking watch)
    {
        await AppendAsync(Some.Call(), "EV_1");
        await Journal.CloseAsync(Some.Call(), Stop);

        await AppendAsync(Some.Call(), eventId, watch);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_step_does_not_list_a_closed_call()
    {
        await AppendAsync(Some.Call(), "EV_1");
        await Journal.CloseAsync(Some.Call(), Stop);

        await Journal.CommitAsync(Some.Call(), (await Journal.ReadAsync(Some.Call(), Stop)).Version, Some.Step(Some.Call()), Stop);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_room_leads_to_the_call_whose_first_event_came_last()
    {
        await Journal.AppendAsync(Some.Call(1), Some.EventAt("EV_1", Some.Noon, "room"), Tracking.Follow, Stop);
        await Journal.AppendAsync(Some.Call(3), Some.EventAt("EV_1", Some.Noon.AddHours(3), "room"), Tracking.RecordOnly, Stop);
        await Journal.AppendAsync(Some.Call(2), Some.EventAt("EV_1", Some.Noon.AddHours(2), "room"), Tracking.Follow, Stop);
        await Journal.AppendAsync(Some.Call(1), Some.EventAt("EV_2", Some.Noon.AddHours(4), "room"), Tracking.Follow, Stop);
        await Journal.AppendAsync(Some.Call(4), Some.EventAt("EV_1", Some.Noon.AddHours(5), "Room"), Tracking.Follow, Stop);

        Assert.Equal(Some.Call(3), await Journal.FindByRoomAsync("room", Stop));
        Assert.Null(await Journal.FindByRoomAsync("roo", Stop));
    }

    [Theory]
    [InlineData("+14155550123_a/b\\c#d?e'f")]
    [InlineData("звонок-☎️")]
    [InlineData("")]
    public async Task A_room_may_have_any_name(string name)
    {
        await AppendAsync(Some.Call(), "EV_0");
        await Journal.AppendAsync(Some.Call(), Some.Event("EV_1", name), Tracking.Follow, Stop);

        Assert.Equal(Some.Call(), await Journal.FindByRoomAsync(name, Stop));
    }

    [Fact]
    public async Task A_purge_deletes_what_was_closed_or_first_heard_of_before_and_keeps_the_rest()
    {
        var limit = Some.Noon.AddDays(10);
        await Journal.AppendAsync(Some.Call(1), Some.Event("EV_1", "room-1"), Tracking.Follow, Stop);
        await Journal.AppendAsync(Some.Call(2), Some.Event("EV_1", "room-2"), Tracking.Follow, Stop);
        await Journal.AppendAsync(Some.Call(3), Some.Event("EV_1", "room-3"), Tracking.Follow, Stop);
        await Journal.AppendAsync(Some.Call(4), Some.EventAt("EV_1", limit.AddSeconds(-1), "room-4"), Tracking.RecordOnly, Stop);
        await Journal.AppendAsync(Some.Call(5), Some.EventAt("EV_1", limit, "room-5"), Tracking.RecordOnly, Stop);
        Clock.SetUtcNow(limit.AddSeconds(-1));
        await Journal.CloseAsync(Some.Call(1), Stop);
        Clock.SetUtcNow(limit);
        await Journal.CloseAsync(Some.Call(2), Stop);

        Assert.Equal(2, await Journal.PurgeAsync(limit, Stop));
        Assert.Equal(0, await Journal.PurgeAsync(limit, Stop));

        Assert.Equal([Some.Call(1), Some.Call(4)], await GoneAmongAsync(5));
        Assert.Equal([Some.Call(3)], await ListAsync());
        Assert.Null(await Journal.FindByRoomAsync("room-1", Stop));
        Assert.Null(await Journal.FindByRoomAsync("room-4", Stop));
        Assert.Equal(Some.Call(2), await Journal.FindByRoomAsync("room-2", Stop));
        Assert.Equal(2, await Journal.PurgeAsync(limit.AddTicks(1), Stop));
    }

    [Fact]
    public async Task A_call_that_was_opened_again_is_kept_until_its_last_closing_is_old()
    {
        await AppendAsync(Some.Call(), "EV_1", Tracking.RecordOnly);
        await AppendAsync(Some.Call(), "EV_2");
        await Journal.CloseAsync(Some.Call(), Stop);
        Clock.Advance(TimeSpan.FromDays(5));
        await AppendAsync(Some.Call(), "EV_3");

        Assert.Equal(0, await Journal.PurgeAsync(Clock.GetUtcNow().AddDays(-1), Stop));
        await Journal.CloseAsync(Some.Call(), Stop);
        Assert.Equal(0, await Journal.PurgeAsync(Clock.GetUtcNow(), Stop));
        Assert.Equal(1, await Journal.PurgeAsync(Clock.GetUtcNow().AddDays(1), Stop));
        Assert.Equal([Some.Call()], await GoneAmongAsync(1));
    }

    [Fact]
    public async Task A_call_that_was_closed_twice_is_as_old_as_its_last_closing()
    {
        await AppendAsync(Some.Call(), "EV_1");
        await Journal.CloseAsync(Some.Call(), Stop);
        Clock.Advance(TimeSpan.FromDays(5));
        await AppendAsync(Some.Call(), "EV_2");
        await Journal.CloseAsync(Some.Call(), Stop);

        Assert.Equal(0, await Journal.PurgeAsync(Some.Noon.AddDays(3), Stop));
        Assert.Equal(2, (await Journal.ReadAsync(Some.Call(), Stop)).Events.Count);
        Assert.Equal(1, await Journal.PurgeAsync(Some.Noon.AddDays(6), Stop));
    }

    [Fact]
    public async Task However_events_and_closings_mix_the_next_event_leaves_the_call_listed()
    {
        for (var round = 0; round < 25; round++)
        {
            var prefix = $"EV_{round}";
            await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
                () => i % 2 == 0 ? AppendAsync(Some.Call(), $"{prefix}_{i}") : Journal.CloseAsync(Some.Call(), Stop).AsTask(), Stop)));

            await AppendAsync(Some.Call(), $"{prefix}_last");
            Assert.Equal([Some.Call()], await ListAsync());
        }

        await Journal.CloseAsync(Some.Call(), Stop);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task An_unwatched_call_is_as_old_as_its_first_event()
    {
        await Journal.AppendAsync(Some.Call(), Some.EventAt("EV_1", Some.Noon), Tracking.RecordOnly, Stop);
        await Journal.AppendAsync(Some.Call(), Some.EventAt("EV_2", Some.Noon.AddDays(3), "room"), Tracking.RecordOnly, Stop);

        Assert.Equal(1, await Journal.PurgeAsync(Some.Noon.AddDays(1), Stop));
        Assert.Null(await Journal.FindByRoomAsync("room", Stop));
    }

    [Fact]
    public async Task A_long_story_is_purged_as_a_whole_and_the_call_can_begin_anew()
    {
        for (var i = 0; i < 120; i++)
        {
            await AppendAsync(Some.Call(), $"EV_{i}");
        }

        await Journal.CommitAsync(
            Some.Call(), (await Journal.ReadAsync(Some.Call(), Stop)).Version, Some.Step(Some.Call(), Some.Claim("a")), Stop);
        await Journal.CloseAsync(Some.Call(), Stop);

        Assert.Equal(1, await Journal.PurgeAsync(Clock.GetUtcNow().AddDays(1), Stop));

        Assert.True((await Journal.ReadAsync(Some.Call(), Stop)).IsEmpty);
        await AppendAsync(Some.Call(), "EV_1");
        Assert.Equal([Some.Call()], await ListAsync());
    }

    private async Task AppendAsync(CallId callId, string eventId, Tracking watch = Tracking.Follow) =>
        await Journal.AppendAsync(callId, Some.EventAt(eventId, Clock.GetUtcNow()), watch, Stop);

    private async Task<HashSet<CallId>> ListAsync() =>
        await Journal.ListOpenAsync(Stop).Select(call => call.CallId).ToHashSetAsync(cancellationToken: Stop);

    private async Task<List<CallId>> GoneAmongAsync(int count)
    {
        List<CallId> gone = [];
        for (var i = 1; i <= count; i++)
        {
            if ((await Journal.ReadAsync(Some.Call(i), Stop)).IsEmpty)
            {
                gone.Add(Some.Call(i));
            }
        }

        return gone;
    }
}
