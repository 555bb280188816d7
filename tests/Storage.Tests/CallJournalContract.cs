using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>What every journal does with events and steps.</summary>
public abstract class CallJournalContract(IJournals journals) : JournalContract(journals)
{
    [Fact]
    public async Task A_second_delivery_is_a_duplicate_and_changes_nothing()
    {
        await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);

        var outcome = await Journal.AppendAsync(CallId, Some.EventAt("EV_1", Some.Noon.AddMinutes(1), "other"), Tracking.Follow, Stop);

        Assert.Equal(AppendOutcome.Duplicate, outcome);
        Assert.Equal([Some.Event("EV_1")], (await Journal.ReadAsync(CallId, Stop)).Events);
        Assert.Null(await Journal.FindByRoomAsync("other", Stop));
    }

    [Fact]
    public async Task The_same_event_id_of_another_call_is_another_event()
    {
        await Journal.AppendAsync(Some.Call(1), Some.Event("EV_1"), Tracking.Follow, Stop);

        Assert.Equal(AppendOutcome.Appended, await Journal.AppendAsync(Some.Call(2), Some.Event("EV_1"), Tracking.Follow, Stop));
    }

    [Fact]
    public async Task Fifty_parallel_deliveries_of_one_event_store_it_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => Journal.AppendAsync(CallId, Some.EventAt("EV_1", Some.Noon.AddSeconds(i), "room"), Tracking.Follow, Stop).AsTask(),
            Stop)));

        Assert.Single(outcomes, AppendOutcome.Appended);
        Assert.Single((await Journal.ReadAsync(CallId, Stop)).Events);
    }

    [Fact]
    public async Task Fifty_parallel_events_of_one_call_are_all_stored()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => Journal.AppendAsync(CallId, Some.Event($"EV_{i}", "room"), Tracking.Follow, Stop).AsTask(), Stop)));

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        Assert.Equal(50, (await Journal.ReadAsync(CallId, Stop)).Events.DistinctBy(e => e.Id).Count());
    }

    [Fact]
    public async Task An_unknown_call_has_an_empty_story()
    {
        var history = await Journal.ReadAsync(CallId, Stop);

        Assert.True(history.IsEmpty);
        Assert.Equal(CallId, history.CallId);
    }

    [Fact]
    public async Task The_version_of_an_empty_story_accepts_the_first_step_and_lists_the_call()
    {
        var history = await Journal.ReadAsync(CallId, Stop);

        var outcome = await Journal.CommitAsync(CallId, history.Version, Some.Step(CallId, Some.Claim("dispatch:1")), Stop);

        Assert.Equal(CommitOutcome.Committed, outcome.Outcome);
        Assert.Equal([Some.Claim("dispatch:1")], (await Journal.ReadAsync(CallId, Stop)).Claims);
        Assert.Equal([CallId], await Journal.ListOpenAsync(Stop).Select(call => call.CallId).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_step_on_a_stale_version_is_a_conflict_and_writes_nothing()
    {
        var stale = await Journal.ReadAsync(CallId, Stop);
        await Journal.CommitAsync(CallId, stale.Version, Some.Step(CallId, Some.Claim("a", owner: "first")), Stop);

        var change = Some.Step(CallId, Some.Claim("a", owner: "second"), Some.Claim("b")) with { Events = [Some.Event("EV_1", "room")] };
        var outcome = await Journal.CommitAsync(CallId, stale.Version, change, Stop);

        var history = await Journal.ReadAsync(CallId, Stop);
        Assert.Equal(CommitOutcome.Conflict, outcome.Outcome);
        Assert.Equal([Some.Claim("a", owner: "first")], history.Claims);
        Assert.Empty(history.Events);
    }

    [Fact]
    public async Task The_version_after_a_step_is_good_for_the_next_one_also_where_an_event_came_in_between()
    {
        await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        var claimed = await Journal.CommitAsync(
            CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId, Some.Claim("a")), Stop);
        await Journal.AppendAsync(CallId, Some.EventAt("EV_2", Some.Noon.AddSeconds(1)), Tracking.Follow, Stop);

        var change = Some.Step(CallId, Some.Claim("a", ClaimStatus.Done)) with { Events = [Some.EventAt("EV_3", Some.Noon.AddSeconds(2))] };
        var settled = await Journal.CommitAsync(CallId, claimed.Version!, change, Stop);
        var next = await Journal.CommitAsync(CallId, settled.Version!, Some.Step(CallId, Some.Claim("b")), Stop);

        var history = await Journal.ReadAsync(CallId, Stop);
        Assert.Equal((CommitOutcome.Committed, CommitOutcome.Committed), (settled.Outcome, next.Outcome));
        Assert.Equal([Some.Claim("a", ClaimStatus.Done), Some.Claim("b")], history.Claims.OrderBy(claim => claim.Key));
        Assert.Equal(["EV_1", "EV_2", "EV_3"], history.Events.Select(stored => stored.Id).Order());
    }

    [Fact]
    public async Task The_version_after_a_step_is_no_good_where_another_step_was_written_or_the_events_id_is_taken()
    {
        var claimed = await Journal.CommitAsync(
            CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId, Some.Claim("a")), Stop);
        await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);

        var taken = await Journal.CommitAsync(CallId, claimed.Version!, Some.Step(CallId) with { Events = [Some.Event("EV_1")] }, Stop);
        await Journal.CommitAsync(CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId, Some.Claim("b")), Stop);
        var late = await Journal.CommitAsync(CallId, claimed.Version!, Some.Step(CallId, Some.Claim("a", ClaimStatus.Done)), Stop);

        Assert.Equal((CommitOutcome.Conflict, CommitOutcome.Conflict), (taken.Outcome, late.Outcome));
        Assert.Equal(ClaimStatus.Intent, (await Journal.ReadAsync(CallId, Stop)).Claims.Single(claim => claim.Key == "a").Status);
    }

    [Fact]
    public async Task A_version_is_good_for_one_step_only()
    {
        await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        await Journal.CommitAsync(CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId), Stop);
        var second = await Journal.ReadAsync(CallId, Stop);

        Assert.Equal(CommitOutcome.Committed, (await Journal.CommitAsync(CallId, second.Version, Some.Step(CallId), Stop)).Outcome);
        Assert.Equal(CommitOutcome.Conflict, (await Journal.CommitAsync(CallId, second.Version, Some.Step(CallId), Stop)).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_parallel_steps_on_one_version_exactly_one_is_written(bool isHeardOf)
    {
        if (isHeardOf)
        {
            await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        }

        var version = (await Journal.ReadAsync(CallId, Stop)).Version;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => Journal.CommitAsync(CallId, version, Some.Step(CallId, Some.Claim("a", owner: $"{i}")), Stop).AsTask(), Stop)));

        var claim = Assert.Single((await Journal.ReadAsync(CallId, Stop)).Claims);
        Assert.Single(outcomes, step => step.Outcome == CommitOutcome.Committed);
        Assert.Equal(Array.FindIndex(outcomes, step => step.Outcome == CommitOutcome.Committed), int.Parse(claim.Owner, null));
    }

    [Fact]
    public async Task Events_and_claims_of_a_step_are_stored_with_it()
    {
        await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        var version = (await Journal.ReadAsync(CallId, Stop)).Version;
        var claims = Enumerable.Range(0, 40).Select(i => Some.Claim($"c:{i}")).ToArray();
        var events = Enumerable.Range(0, 40).Select(i => Some.Event($"inferred:{i}", "room")).ToArray();

        var outcome = await Journal.CommitAsync(CallId, version, Some.Step(CallId, claims) with { Events = events }, Stop);

        var history = await Journal.ReadAsync(CallId, Stop);
        Assert.Equal(CommitOutcome.Committed, outcome.Outcome);
        Assert.Equal([Some.Event("EV_1"), .. events], history.Events.OrderBy(e => Array.IndexOf(events, e)));
        Assert.Equal(claims, history.Claims.OrderBy(c => Array.IndexOf(claims, c)));
        Assert.Equal(CallId, await Journal.FindByRoomAsync("room", Stop));
    }

    [Fact]
    public async Task A_step_with_an_event_that_came_in_meanwhile_is_a_conflict_and_writes_nothing()
    {
        var version = (await Journal.ReadAsync(CallId, Stop)).Version;
        await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);

        var change = Some.Step(CallId, Some.Claim("a")) with { Events = [Some.Event("EV_2"), Some.Event("EV_1")] };
        var outcome = await Journal.CommitAsync(CallId, version, change, Stop);

        var history = await Journal.ReadAsync(CallId, Stop);
        Assert.Equal(CommitOutcome.Conflict, outcome.Outcome);
        Assert.Equal([Some.Event("EV_1")], history.Events);
        Assert.Empty(history.Claims);
        Assert.Equal(CommitOutcome.Committed, (await Journal.CommitAsync(CallId, history.Version, Some.Step(CallId), Stop)).Outcome);
    }

    [Fact]
    public async Task A_claim_replaces_the_one_of_the_same_key()
    {
        var intent = Some.Step(CallId, Some.Claim("a") with { Until = Some.Noon }, Some.Claim("b"));
        await Journal.CommitAsync(CallId, (await Journal.ReadAsync(CallId, Stop)).Version, intent, Stop);

        var done = Some.Claim("a", ClaimStatus.Done) with { Result = "AD_1" };
        await Journal.CommitAsync(CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId, done), Stop);

        Assert.Equal([done, Some.Claim("b")], (await Journal.ReadAsync(CallId, Stop)).Claims.OrderBy(c => c.Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_does_not_change_the_version(bool hasSteps)
    {
        if (hasSteps)
        {
            await Journal.CommitAsync(CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId), Stop);
        }

        var version = (await Journal.ReadAsync(CallId, Stop)).Version;
        await Journal.AppendAsync(CallId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);
        await Journal.AppendAsync(CallId, Some.Event("EV_2", "room"), Tracking.Follow, Stop);

        var step = await Journal.CommitAsync(CallId, version, Some.Step(CallId, Some.Claim("a")), Stop);
        Assert.Equal(CommitOutcome.Committed, step.Outcome);
    }

    [Fact]
    public async Task A_story_that_was_read_does_not_change_any_more()
    {
        await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        var history = await Journal.ReadAsync(CallId, Stop);

        await Journal.AppendAsync(CallId, Some.Event("EV_2"), Tracking.Follow, Stop);
        await Journal.CommitAsync(CallId, history.Version, Some.Step(CallId, Some.Claim("a")), Stop);

        Assert.Single(history.Events);
        Assert.Empty(history.Claims);
    }

    [Fact]
    public async Task Two_hundred_events_come_back()
    {
        var events = Enumerable.Range(0, 200)
            .Select(i => Some.Event($"EV_{i:D3}") with { Raw = new string('é', CallEvent.MaxRawLength) })
            .ToArray();
        foreach (var callEvent in events)
        {
            await Journal.AppendAsync(CallId, callEvent, Tracking.Follow, Stop);
        }

        Assert.Equal(events, (await Journal.ReadAsync(CallId, Stop)).Events.OrderBy(e => e.Id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_caller_cancelled_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.ReadAsync(CallId, cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Journal.CommitAsync(CallId, "", Some.Step(CallId), cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.CloseAsync(CallId, cancelled.Token).AsTask());
        Assert.True((await Journal.ReadAsync(CallId, Stop)).IsEmpty);
    }

    [Fact]
    public async Task It_says_that_it_is_reachable() => Assert.True(await Journal.IsReachableAsync(Stop));
}
