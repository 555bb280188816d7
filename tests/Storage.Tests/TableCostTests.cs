using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>What a call costs in requests to the store; a caller hears every one of the first.</summary>
public sealed class TableCostTests(AzuriteServer azurite) : FaultyTableTests(azurite)
{
    [Fact]
    public async Task Each_step_of_a_call_costs_what_it_must()
    {
        Assert.Equal(3, await AppendAsync("EV_1"));
        Assert.Equal(1, await AppendAsync("EV_2"));
        Assert.Equal(3, await AppendAsync("EV_3", "room"));
        Assert.Equal(1, await AppendAsync("EV_4", "room"));
        Assert.Equal(3, await AppendAsync("EV_4", "room"));
        Assert.Equal(1, await Table.CountAsync(journal => journal.ReadAsync(CallId, Stop).AsTask()));
        Assert.Equal(2, await Table.CountAsync(StepAsync));
        Assert.Equal(2, await Table.CountAsync(StepAsync));
        Assert.Equal(1, await Table.CountAsync(journal => journal.ReadRowsAsync(CallId, Stop).AsTask()));
        Assert.Equal(1, await Table.CountAsync(journal => journal.FindByRoomAsync("room", Stop).AsTask()));
        Assert.Equal(4, await Table.CountAsync(journal => journal.CloseAsync(CallId, Stop).AsTask()));
        Assert.Equal(1, await Table.CountAsync(journal => journal.CloseAsync(CallId, Stop).AsTask()));
    }

    [Fact]
    public async Task The_first_event_of_a_watched_call_in_a_room_costs_four_and_of_an_unwatched_one_five()
    {
        Assert.Equal(4, await AppendAsync("EV_1", "room"));
        Assert.Equal(5, await Table.CountAsync(journal =>
            journal.AppendAsync(Some.Call(2), Some.Event("EV_1", "room"), Tracking.RecordOnly, Stop).AsTask()));
        Assert.Equal(1, await Table.CountAsync(journal =>
            journal.AppendAsync(Some.Call(2), Some.Event("EV_2", "room"), Tracking.RecordOnly, Stop).AsTask()));
    }

    [Fact]
    public async Task The_event_that_makes_a_call_costs_one_more_or_two_for_a_tenant_and_the_next_ones_nothing()
    {
        var phone = new Leg("PA_1", "sip_x", LegRole.Caller);
        var joined = new CallEvent("EV_1", Some.Noon, new CallFact.LegJoined(phone)) { Room = new RoomSession("room", "RM_1") };
        var asked = new CallEvent("EV_1", Some.Noon, new CallFact.CallRequested { Tenant = "acme" });

        Assert.Equal(5, await CountAsync(1, joined));
        Assert.Equal(1, await CountAsync(1, joined with { Id = "EV_2", At = Some.Noon.AddHours(1) }));
        Assert.Equal(5, await CountAsync(2, asked));
        Assert.Equal(3, await Table.CountAsync(journal =>
            journal.AppendAsync(Some.Call(2), Some.Event("EV_2", "room"), Tracking.Follow, Stop).AsTask()));

        Task<int> CountAsync(int number, CallEvent callEvent) =>
            Table.CountAsync(journal => journal.AppendAsync(Some.Call(number), callEvent, Tracking.Follow, Stop).AsTask());
    }

    [Fact]
    public async Task A_page_asks_for_one_range_of_days_and_for_each_call_that_it_shows()
    {
        for (var number = 0; number < 30; number++)
        {
            var at = Some.Noon.AddHours(number);
            var joined = new CallEvent("EV_1", at, new CallFact.LegJoined(new Leg("PA_1", "sip_x", LegRole.Caller)));
            await Table.Other.AppendAsync(Some.Call(number), joined, Tracking.Follow, Stop);
            var history = await Table.Other.ReadAsync(Some.Call(number), Stop);
            await Table.Other.CommitAsync(Some.Call(number), history.Version, Some.Step(Some.Call(number), Some.Claim("a")), Stop);
        }

        CallPage? page = null;
        Assert.Equal(1 + 6, await Table.CountAsync(async journal => page = await journal.ListAsync(new CallQuery(5), Stop)));
        Assert.Equal(5, page!.Calls.Count);
        Assert.InRange(
            await Table.CountAsync(journal => journal.ListAsync(new CallQuery(5) { After = page.Next }, Stop).AsTask()), 1 + 6, 2 + 6);
        Assert.Equal(1 + 6, await Table.CountAsync(journal => journal.ListAsync(new CallQuery(5) { HasEnded = false }, Stop).AsTask()));
        Assert.InRange(await Table.CountAsync(journal => journal.ListAsync(new CallQuery(5) { HasEnded = true }, Stop).AsTask()), 20, 30);
    }

    [Fact]
    public async Task A_request_of_a_tenant_costs_two_requests_at_first_then_one_and_none_where_it_is_one_too_many()
    {
        RequestLimiter? limiter = null;

        Assert.Equal(2, await CountAsync());
        Assert.Equal(1, await CountAsync());
        Assert.Equal(0, await CountAsync());
        Assert.Equal(0, await CountAsync());

        Task<int> CountAsync() => Table.CountAsync(async journal =>
        {
            limiter ??= Some.Limiter(((TableCallJournal)journal).Limits, TimeProvider.System, requests: 2);
            await limiter.TakeAsync("acme");
        });
    }

    [Fact]
    public async Task A_place_costs_two_requests_to_take_one_to_keep_and_two_to_leave()
    {
        Assert.Equal(2, await CountAsync(places => TakeAsync(places)));
        Assert.Equal(1, await CountAsync(places => TakeAsync(places)));
        Assert.Equal(2, await CountAsync(places => places.LeaveAsync("route:line", "call1", Stop)));
        Assert.Equal(1, await CountAsync(places => places.LeaveAsync("route:line", "call1", Stop)));

        Task<PlaceAnswer> TakeAsync(CallPlaces places) =>
            places.TakeAsync("route:line", 1, "call1", (_, _, _) => Task.FromResult(false), Stop);

        Task<int> CountAsync(Func<CallPlaces, Task> act) =>
            Table.CountAsync(journal => act(new CallPlaces(((TableCallJournal)journal).Limits, TimeProvider.System)));
    }

    [Fact]
    public async Task An_event_costs_one_request_also_in_a_process_that_never_saw_the_call()
    {
        await Table.Other.AppendAsync(CallId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);

        Assert.Equal(1, await AppendAsync("EV_2", "room"));
    }

    [Fact]
    public async Task The_list_of_open_calls_asks_for_the_range_of_open_calls_only()
    {
        for (var i = 0; i < 30; i++)
        {
            await Table.Other.AppendAsync(Some.Call(i), Some.Event("EV_1", "room"), Tracking.Follow, Stop);
            if (i > 0)
            {
                await Table.Other.CloseAsync(Some.Call(i), Stop);
            }
        }

        Assert.Equal(1, await Table.CountAsync(async journal => Assert.Single(await journal.ListOpenAsync(Stop).ToListAsync(Stop))));
        Assert.Contains(
            "$filter=PartitionKey ge 'open-' and PartitionKey lt 'open.'",
            Assert.Single(Table.Faults.Requests),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purge_asks_for_the_days_before_and_for_the_calls_that_it_finds_there()
    {
        await Table.Other.AppendAsync(Some.Call(1), Some.EventAt("EV_1", Some.Noon.AddDays(-9), "room"), Tracking.RecordOnly, Stop);
        await Table.Other.AppendAsync(Some.Call(2), Some.EventAt("EV_1", Some.Noon, "room"), Tracking.RecordOnly, Stop);

        Assert.Equal(6, await Table.CountAsync(async journal => Assert.Equal(1, await journal.PurgeAsync(Some.Noon.AddDays(-8), Stop))));
        Assert.Contains(
            "$filter=PartitionKey ge 'day-' and PartitionKey le 'day-20261113'", Table.Faults.Requests.First(), StringComparison.Ordinal);
        Assert.DoesNotContain(Table.Faults.Requests, r => r.Contains(Some.Call(2).Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_request_names_a_room()
    {
        const string Room = "line_+14155550123";
        await Table.CountAsync(async journal =>
        {
            await AppendOnAsync(journal, "EV_1", Room);
            await journal.FindByRoomAsync(Room, Stop);
            await journal.CloseAsync(CallId, Stop);
            await journal.PurgeAsync(Some.Noon.AddDays(1), Stop);
        });

        Assert.DoesNotContain(Table.Faults.Requests, r => r.Contains("4155550123", StringComparison.Ordinal));
        Assert.Empty(await Table.Table.QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Stop).ToListAsync(Stop));
    }

    private Task<int> AppendAsync(string eventId, string? room = null) =>
        Table.CountAsync(journal => AppendOnAsync(journal, eventId, room));

    private Task<AppendOutcome> AppendOnAsync(ICallJournal journal, string eventId, string? room) =>
        journal.AppendAsync(CallId, Some.Event(eventId, room), Tracking.Follow, Stop).AsTask();

    /// <summary>One request to read, one to write.</summary>
    private async Task StepAsync(ICallJournal journal)
    {
        var history = await journal.ReadAsync(CallId, Stop);
        var change =
            Some.Step(CallId, Some.Claim("a"), Some.Claim("b")) with { Events = [Some.Event($"inferred:{history.Events.Count}", "room")] };
        Assert.Equal(CommitOutcome.Committed, (await journal.CommitAsync(CallId, history.Version, change, Stop)).Outcome);
    }
}
