using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Storage;

/// <summary>The list of calls, page by page, as every journal gives it.</summary>
public abstract class CallListContract(IJournals journals) : JournalContract(journals)
{
    private static readonly Leg Phone = new("PA_1", "sip_x", LegRole.Caller);

    [Fact]
    public async Task The_newest_call_comes_first_and_each_comes_once()
    {
        await CallsAsync(25, TimeSpan.FromHours(7));

        Assert.Equal([.. Enumerable.Range(0, 25).Reverse()], await AllAsync(new CallQuery(4)));
        Assert.Equal([.. Enumerable.Range(0, 25).Reverse()], await AllAsync(new CallQuery(25)));
        Assert.Equal([.. Enumerable.Range(0, 25).Reverse()], await AllAsync(new CallQuery(100)));
    }

    [Fact]
    public async Task An_open_call_tells_its_place_in_the_list_and_a_room_without_a_call_has_none()
    {
        await CallAsync(1, tenant: "acme");
        await Journal.AppendAsync(Some.Call(2), Some.EventAt("EV_room", Clock.GetUtcNow()), Tracking.Follow, Stop);

        Assert.Equal(
            [new OpenCall(Some.Call(1), new CallListing(Clock.GetUtcNow(), "acme")), new OpenCall(Some.Call(2), null)],
            (await Journal.ListOpenAsync(Stop).ToListAsync(Stop)).OrderBy(call => call.Listing is null));
    }

    [Fact]
    public async Task A_page_says_whether_the_list_goes_on()
    {
        await CallsAsync(3, TimeSpan.FromMinutes(1));

        Assert.NotNull((await Journal.ListAsync(new CallQuery(2), Stop)).Next);
        Assert.Null((await Journal.ListAsync(new CallQuery(3), Stop)).Next);
        Assert.Null((await Journal.ListAsync(new CallQuery(4), Stop)).Next);
        Assert.Empty((await Journal.ListAsync(new CallQuery(4) { From = Clock.GetUtcNow().AddDays(1) }, Stop)).Calls);
    }

    [Fact]
    public async Task Calls_of_one_moment_are_told_apart()
    {
        for (var number = 0; number < 9; number++)
        {
            await CallAsync(number);
        }

        var listed = await AllAsync(new CallQuery(2));

        Assert.Equal(Enumerable.Range(0, 9), listed.Order());
        Assert.Equal(listed, await AllAsync(new CallQuery(5)));
    }

    [Fact]
    public async Task New_calls_change_nothing_behind_a_place()
    {
        await CallsAsync(6, TimeSpan.FromMinutes(1));
        var first = await Journal.ListAsync(new CallQuery(2), Stop);
        for (var number = 6; number < 10; number++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await CallAsync(number);
        }

        var rest = await AllAsync(new CallQuery(2) { After = first.Next });

        Assert.Equal([3, 2, 1, 0], rest);
    }

    [Fact]
    public async Task Active_calls_are_those_without_an_end_and_ended_ones_those_with_it()
    {
        for (var number = 0; number < 12; number++)
        {
            await CallAsync(number, ended: number % 3 == 0, closed: number % 6 == 0);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([11, 10, 8, 7, 5, 4, 2, 1], await AllAsync(new CallQuery(3) { HasEnded = false }));
        Assert.Equal([9, 6, 3, 0], await AllAsync(new CallQuery(3) { HasEnded = true }));
    }

    [Fact]
    public async Task A_call_that_ends_while_pages_are_turned_is_in_the_other_list()
    {
        await CallsAsync(5, TimeSpan.FromMinutes(1));
        var first = await Journal.ListAsync(new CallQuery(2) { HasEnded = false }, Stop);

        await EndAsync(1);
        await Journal.CloseAsync(Some.Call(1), Stop);

        Assert.Equal([2, 0], await AllAsync(new CallQuery(2) { HasEnded = false, After = first.Next }));
        Assert.Equal([1], await AllAsync(new CallQuery(2) { HasEnded = true }));
    }

    [Fact]
    public async Task From_is_a_bound_that_is_included_and_until_one_that_is_not()
    {
        await CallsAsync(12, TimeSpan.FromHours(5));
        var (fourth, eighth) = (Some.Noon.AddHours(4 * 5), Some.Noon.AddHours(8 * 5));

        Assert.Equal([7, 6, 5, 4], await AllAsync(new CallQuery(3) { From = fourth, Until = eighth }));
        Assert.Equal([7, 6, 5, 4, 3, 2, 1, 0], await AllAsync(new CallQuery(3) { Until = eighth }));
        Assert.Equal([11, 10, 9, 8, 7, 6, 5, 4], await AllAsync(new CallQuery(3) { From = fourth }));
        Assert.Equal([7, 6, 5, 4], await AllAsync(new CallQuery(3) { From = fourth, Until = eighth, HasEnded = false }));
    }

    [Fact]
    public async Task A_tenant_sees_what_it_asked_for_and_the_only_one_what_came_by_phone_too()
    {
        await CallAsync(1, tenant: "acme");
        Clock.Advance(TimeSpan.FromDays(3));
        await CallAsync(2, tenant: "o'hara/☎");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await CallAsync(3);
        await CallAsync(4, tenant: "acme", ended: true);

        Assert.Equal([4, 1], await AllAsync(new CallQuery(1) { Tenant = "acme" }));
        Assert.Equal([2], await AllAsync(new CallQuery(5) { Tenant = "o'hara/☎" }));
        Assert.Empty(await AllAsync(new CallQuery(5) { Tenant = "default" }));
        Assert.Equal([1], await AllAsync(new CallQuery(5) { Tenant = "acme", HasEnded = false }));
        Assert.Equal([1, 3, 4], (await AllAsync(new CallQuery(1) { Tenant = "acme", IncludesUnowned = true })).Order());
        Assert.Equal([3], await AllAsync(new CallQuery(1) { Tenant = "another", IncludesUnowned = true }));
    }

    [Fact]
    public async Task Rooms_that_are_no_calls_are_not_in_the_list_until_somebody_calls()
    {
        await Journal.AppendAsync(Some.Call(1), Some.EventAt("EV_1", Clock.GetUtcNow(), "room"), Tracking.Follow, Stop);
        await CommitAsync(1, Some.Record(Some.Call(1)));
        Assert.Empty(await AllAsync(new CallQuery(5)));
        Assert.Empty(await AllAsync(new CallQuery(5) { HasEnded = false }));

        Clock.Advance(TimeSpan.FromSeconds(1));
        await CallAsync(1);

        Assert.Equal([1], await AllAsync(new CallQuery(5)));
        Assert.Equal([1], await AllAsync(new CallQuery(5) { HasEnded = false }));
    }

    [Fact]
    public async Task A_caller_who_is_only_inferred_makes_a_call_too()
    {
        await Journal.AppendAsync(CallId, Some.EventAt("EV_1", Clock.GetUtcNow(), "room"), Tracking.Follow, Stop);
        var history = await Journal.ReadAsync(CallId, Stop);
        var learnt = new CallEvent("inferred:joined:PA_1", Clock.GetUtcNow(), new CallFact.LegJoined(Phone)) { Inferred = true };
        await Journal.CommitAsync(
            CallId, history.Version, Some.Step(CallId, Some.Claim("reconcile")) with { Events = [learnt] }, Stop);

        Assert.Equal([1], await AllAsync(new CallQuery(5)));
        Assert.Equal([1], await AllAsync(new CallQuery(5) { HasEnded = false }));
        await CommitAsync(1, Some.Record(CallId));
        Assert.Equal([1], await AllAsync(new CallQuery(5)));
    }

    [Fact]
    public async Task A_call_is_shown_as_of_its_last_step_and_not_before_the_first()
    {
        await AppendAsync(1);
        Assert.Empty(await AllAsync(new CallQuery(5)));

        await CommitAsync(1, Some.Record(Some.Call(1)) with { From = "+15550100001", Raw = "{}" });
        await CommitAsync(1, Some.Record(Some.Call(1)) with { From = "+15550100001", Status = CallStatus.AgentDispatched });

        var shown = Assert.Single((await Journal.ListAsync(new CallQuery(5), Stop)).Calls);
        Assert.Equal(Some.Record(Some.Call(1)) with { From = "+15550100001", Status = CallStatus.AgentDispatched }, shown);
    }

    [Fact]
    public async Task Later_events_rooms_and_callers_leave_the_place_as_it_is()
    {
        await CallAsync(1);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await CallAsync(2);
        Clock.Advance(TimeSpan.FromMinutes(1));
        for (var again = 0; again < 3; again++)
        {
            var joined = new CallEvent($"EV_{again}", Clock.GetUtcNow(), new CallFact.LegJoined(Phone with { Sid = $"PA_{again}" }))
            {
                Room = new RoomSession($"room-{again}", "RM_1"),
            };
            await Journal.AppendAsync(Some.Call(1), joined, Tracking.Follow, Stop);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await CommitAsync(1, Some.Record(Some.Call(1)));

        Assert.Equal([2, 1], await AllAsync(new CallQuery(1)));
        Assert.Equal([2, 1], await AllAsync(new CallQuery(1) { HasEnded = false }));
    }

    [Fact]
    public async Task Hosts_that_store_the_first_events_at_one_time_list_the_call_once()
    {
        for (var number = 0; number < 12; number++)
        {
            var at = Clock.GetUtcNow();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(
                async () => await Journal.AppendAsync(
                    Some.Call(number),
                    new CallEvent($"EV_{i}", at.AddMilliseconds(i), new CallFact.LegJoined(Phone with { Sid = $"PA_{i}" })),
                    Tracking.Follow,
                    Stop),
                Stop)));
            await CommitAsync(number, Some.Record(Some.Call(number)));
        }

        Assert.Equal(Enumerable.Range(0, 12), (await AllAsync(new CallQuery(5))).Order());
        Assert.Equal(Enumerable.Range(0, 12), (await AllAsync(new CallQuery(5) { HasEnded = false })).Order());
    }

    [Fact]
    public async Task Retention_takes_a_call_off_the_list()
    {
        await CallAsync(1, ended: true, closed: true, tenant: "acme");
        Clock.Advance(TimeSpan.FromDays(5));
        await CallAsync(2, ended: true, closed: true);
        await CallAsync(3);

        Assert.Equal(1, await Journal.PurgeAsync(Clock.GetUtcNow().AddDays(-1), Stop));

        Assert.Equal([2, 3], (await AllAsync(new CallQuery(5))).Order());
        Assert.Empty(await AllAsync(new CallQuery(5) { Tenant = "acme" }));
    }

    [Fact]
    public async Task A_closed_call_that_is_opened_again_stays_where_it_was()
    {
        await CallAsync(1, ended: true, closed: true);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await CallAsync(2);
        await Journal.AppendAsync(Some.Call(1), Some.EventAt("EV_late", Clock.GetUtcNow(), "room"), Tracking.Follow, Stop);

        Assert.Equal([2, 1], await AllAsync(new CallQuery(1)));
        Assert.Equal([2], await AllAsync(new CallQuery(1) { HasEnded = false }));
    }

    private async Task CallsAsync(int count, TimeSpan apart)
    {
        for (var number = 0; number < count; number++)
        {
            await CallAsync(number);
            Clock.Advance(apart);
        }
    }

    [Fact]
    public async Task A_tenant_sees_what_came_by_its_routes_and_not_what_came_by_anothers()
    {
        foreach (var (number, tenant) in (ValueTuple<int, string?>[])[(1, "acme"), (2, "other"), (3, null)])
        {
            var came = new CallEvent("EV_call", Clock.GetUtcNow(), new CallFact.LegJoined(Phone)) { Tenant = tenant };
            await Journal.AppendAsync(Some.Call(number), came, Tracking.Follow, Stop);
            await CommitAsync(number, Some.Record(Some.Call(number)));
        }

        Assert.Equal([1], await AllAsync(new CallQuery(5) { Tenant = "acme" }));
        Assert.Equal([1], await AllAsync(new CallQuery(5) { Tenant = "acme", HasEnded = false }));
        Assert.Equal([1, 3], (await AllAsync(new CallQuery(5) { Tenant = "acme", IncludesUnowned = true })).Order());
    }

    private async Task CallAsync(int number, bool ended = false, bool closed = false, string? tenant = null)
    {
        await AppendAsync(number, tenant);
        await CommitAsync(number, Some.Record(Some.Call(number)));
        if (ended)
        {
            await EndAsync(number);
        }

        if (closed)
        {
            await Journal.CloseAsync(Some.Call(number), Stop);
        }
    }

    private Task EndAsync(int number) =>
        CommitAsync(number, Some.Record(Some.Call(number)) with { Status = CallStatus.Ended, EndCause = EndCause.CallerHangup });

    private async Task AppendAsync(int number, string? tenant = null)
    {
        CallFact fact =
            tenant is null ? new CallFact.LegJoined(Phone) : new CallFact.CallRequested { Tenant = tenant, To = "+15550100001" };
        await Journal.AppendAsync(Some.Call(number), new CallEvent("EV_call", Clock.GetUtcNow(), fact), Tracking.Follow, Stop);
    }

    private async Task CommitAsync(int number, Core.Calls.State.CallDetailRecord record)
    {
        var history = await Journal.ReadAsync(Some.Call(number), Stop);
        var step = new JournalChange([Some.Claim($"c:{history.Claims.Count}")], record);
        Assert.Equal(CommitOutcome.Committed, (await Journal.CommitAsync(Some.Call(number), history.Version, step, Stop)).Outcome);
    }

    /// <summary>The numbers of all calls from a query's place on, page by page.</summary>
    private async Task<IReadOnlyList<int>> AllAsync(CallQuery query)
    {
        var numbers = Enumerable.Range(0, 30).ToDictionary(number => Some.Call(number).Value);
        var listed = new List<int>();
        for (var pages = 0; pages < 100; pages++)
        {
            var page = await Journal.ListAsync(query, Stop);
            Assert.InRange(page.Calls.Count, 0, query.Limit);
            listed.AddRange(page.Calls.Select(call => numbers[call.CallId]));
            if (page.Next is null)
            {
                return listed;
            }

            query = query with { After = page.Next };
        }

        throw new InvalidOperationException("The list has no end.");
    }
}
