using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>What every journal does with events and steps.</summary>
public abstract class CallJournalContract(IJournals journals) : IAsyncLifetime
{
    private readonly CallId callId = Some.Call();

    private ICallJournal journal = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => journal = await journals.NewAsync(new ManualClock(Some.Noon), Stop);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    [Fact]
    public async Task A_second_delivery_is_a_duplicate_and_changes_nothing()
    {
        await journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);

        var outcome = await journal.AppendAsync(callId, Some.EventAt("EV_1", Some.Noon.AddMinutes(1), "other"), Tracking.Follow, Stop);

        Assert.Equal(AppendOutcome.Duplicate, outcome);
        Assert.Equal([Some.Event("EV_1")], (await journal.ReadAsync(callId, Stop)).Events);
        Assert.Null(await journal.FindByRoomAsync("other", Stop));
    }

    [Fact]
    public async Task The_same_event_id_of_another_call_is_another_event()
    {
        await journal.AppendAsync(Some.Call(1), Some.Event("EV_1"), Tracking.Follow, Stop);

        Assert.Equal(AppendOutcome.Appended, await journal.AppendAsync(Some.Call(2), Some.Event("EV_1"), Tracking.Follow, Stop));
    }

    [Fact]
    public async Task Fifty_parallel_deliveries_of_one_event_store_it_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => journal.AppendAsync(callId, Some.EventAt("EV_1", Some.Noon.AddSeconds(i), "room"), Tracking.Follow, Stop).AsTask(), Stop)));

        Assert.Single(outcomes, AppendOutcome.Appended);
        Assert.Single((await journal.ReadAsync(callId, Stop)).Events);
    }

    [Fact]
    public async Task Fifty_parallel_events_of_one_call_are_all_stored()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => journal.AppendAsync(callId, Some.Event($"EV_{i}", "room"), Tracking.Follow, Stop).AsTask(), Stop)));

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        Assert.Equal(50, (await journal.ReadAsync(callId, Stop)).Events.DistinctBy(e => e.Id).Count());
    }

    [Fact]
    public async Task An_unknown_call_has_an_empty_story()
    {
        var story = await journal.ReadAsync(callId, Stop);

        Assert.True(story.IsEmpty);
        Assert.Equal(callId, story.CallId);
    }

    [Fact]
    public async Task The_version_of_an_empty_story_accepts_the_first_step_and_lists_the_call()
    {
        var story = await journal.ReadAsync(callId, Stop);

        var outcome = await journal.CommitAsync(callId, story.Version, Some.Step(callId, Some.Claim("dispatch:1")), Stop);

        Assert.Equal(CommitOutcome.Committed, outcome);
        Assert.Equal([Some.Claim("dispatch:1")], (await journal.ReadAsync(callId, Stop)).Claims);
        Assert.Equal([callId], await journal.ListOpenAsync(Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_step_on_a_stale_version_is_a_conflict_and_writes_nothing()
    {
        var stale = await journal.ReadAsync(callId, Stop);
        await journal.CommitAsync(callId, stale.Version, Some.Step(callId, Some.Claim("a", owner: "first")), Stop);

        var change = Some.Step(callId, Some.Claim("a", owner: "second"), Some.Claim("b")) with { Events = [Some.Event("EV_1", "room")] };
        var outcome = await journal.CommitAsync(callId, stale.Version, change, Stop);

        var story = await journal.ReadAsync(callId, Stop);
        Assert.Equal(CommitOutcome.Conflict, outcome);
        Assert.Equal([Some.Claim("a", owner: "first")], story.Claims);
        Assert.Empty(story.Events);
    }

    [Fact]
    public async Task A_version_is_good_for_one_step_only()
    {
        await journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        await journal.CommitAsync(callId, (await journal.ReadAsync(callId, Stop)).Version, Some.Step(callId), Stop);
        var second = await journal.ReadAsync(callId, Stop);

        Assert.Equal(CommitOutcome.Committed, await journal.CommitAsync(callId, second.Version, Some.Step(callId), Stop));
        Assert.Equal(CommitOutcome.Conflict, await journal.CommitAsync(callId, second.Version, Some.Step(callId), Stop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_parallel_steps_on_one_version_exactly_one_is_written(bool isHeardOf)
    {
        if (isHeardOf)
        {
            await journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        }

        var version = (await journal.ReadAsync(callId, Stop)).Version;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => journal.CommitAsync(callId, version, Some.Step(callId, Some.Claim("a", owner: $"{i}")), Stop).AsTask(), Stop)));

        var claim = Assert.Single((await journal.ReadAsync(callId, Stop)).Claims);
        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(Array.IndexOf(outcomes, CommitOutcome.Committed), int.Parse(claim.Owner, null));
    }

    [Fact]
    public async Task Events_and_claims_of_a_step_are_stored_with_it()
    {
        await journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        var version = (await journal.ReadAsync(callId, Stop)).Version;
        var claims = Enumerable.Range(0, 40).Select(i => Some.Claim($"c:{i}")).ToArray();
        var events = Enumerable.Range(0, 40).Select(i => Some.Event($"inferred:{i}", "room")).ToArray();

        var outcome = await journal.CommitAsync(callId, version, Some.Step(callId, claims) with { Events = events }, Stop);

        var story = await journal.ReadAsync(callId, Stop);
        Assert.Equal(CommitOutcome.Committed, outcome);
        Assert.Equal([Some.Event("EV_1"), .. events], story.Events.OrderBy(e => Array.IndexOf(events, e)));
        Assert.Equal(claims, story.Claims.OrderBy(c => Array.IndexOf(claims, c)));
        Assert.Equal(callId, await journal.FindByRoomAsync("room", Stop));
    }

    [Fact]
    public async Task A_step_with_an_event_that_came_in_meanwhile_is_a_conflict_and_writes_nothing()
    {
        var version = (await journal.ReadAsync(callId, Stop)).Version;
        await journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);

        var change = Some.Step(callId, Some.Claim("a")) with { Events = [Some.Event("EV_2"), Some.Event("EV_1")] };
        var outcome = await journal.CommitAsync(callId, version, change, Stop);

        var story = await journal.ReadAsync(callId, Stop);
        Assert.Equal(CommitOutcome.Conflict, outcome);
        Assert.Equal([Some.Event("EV_1")], story.Events);
        Assert.Empty(story.Claims);
        Assert.Equal(CommitOutcome.Committed, await journal.CommitAsync(callId, story.Version, Some.Step(callId), Stop));
    }

    [Fact]
    public async Task A_claim_replaces_the_one_of_the_same_key()
    {
        var intent = Some.Step(callId, Some.Claim("a") with { Until = Some.Noon }, Some.Claim("b"));
        await journal.CommitAsync(callId, (await journal.ReadAsync(callId, Stop)).Version, intent, Stop);

        var done = Some.Claim("a", ClaimStatus.Done) with { Result = "AD_1" };
        await journal.CommitAsync(callId, (await journal.ReadAsync(callId, Stop)).Version, Some.Step(callId, done), Stop);

        Assert.Equal([done, Some.Claim("b")], (await journal.ReadAsync(callId, Stop)).Claims.OrderBy(c => c.Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_does_not_change_the_version(bool hasSteps)
    {
        if (hasSteps)
        {
            await journal.CommitAsync(callId, (await journal.ReadAsync(callId, Stop)).Version, Some.Step(callId), Stop);
        }

        var version = (await journal.ReadAsync(callId, Stop)).Version;
        await journal.AppendAsync(callId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);
        await journal.AppendAsync(callId, Some.Event("EV_2", "room"), Tracking.Follow, Stop);

        Assert.Equal(CommitOutcome.Committed, await journal.CommitAsync(callId, version, Some.Step(callId, Some.Claim("a")), Stop));
    }

    [Fact]
    public async Task A_story_that_was_read_does_not_change_any_more()
    {
        await journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        var story = await journal.ReadAsync(callId, Stop);

        await journal.AppendAsync(callId, Some.Event("EV_2"), Tracking.Follow, Stop);
        await journal.CommitAsync(callId, story.Version, Some.Step(callId, Some.Claim("a")), Stop);

        Assert.Single(story.Events);
        Assert.Empty(story.Claims);
    }

    [Fact]
    public async Task Two_hundred_events_come_back()
    {
        var events = Enumerable.Range(0, 200).Select(i => Some.Event($"EV_{i:D3}") with { Raw = new string('é', CallEvent.MaxRawLength) }).ToArray();
        foreach (var callEvent in events)
        {
            await journal.AppendAsync(callId, callEvent, Tracking.Follow, Stop);
        }

        Assert.Equal(events, (await journal.ReadAsync(callId, Stop)).Events.OrderBy(e => e.Id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_caller_cancelled_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.ReadAsync(callId, cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.CommitAsync(callId, "", Some.Step(callId), cancelled.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.CloseAsync(callId, cancelled.Token).AsTask());
        Assert.True((await journal.ReadAsync(callId, Stop)).IsEmpty);
    }

    [Fact]
    public async Task It_says_that_it_is_reachable() => Assert.True(await journal.IsReachableAsync(Stop));
}
