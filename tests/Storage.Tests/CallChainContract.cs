using System.Text.Json;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>What every journal keeps for the proof: the chain of steps, and notes of what came again.</summary>
public abstract class CallChainContract(IJournals journals) : IAsyncLifetime
{
    private readonly CallId callId = Some.Call();
    private readonly ManualClock clock = new(Some.Noon);

    private ICallJournal journal = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => journal = await journals.NewAsync(clock, Stop);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    [Fact]
    public async Task An_unknown_call_has_no_rows() => Assert.Empty(await journal.ReadRowsAsync(callId, Stop));

    [Fact]
    public async Task A_step_keeps_what_it_wrote_and_decided_and_names_the_one_before_it()
    {
        var decision = new RecordedDecision(new CallEffect.DispatchAgent(1), Some.Noon.AddSeconds(-1));
        await journal.AppendAsync(callId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);
        await StepAsync(Some.Step(callId, Some.Claim("dispatch:1")) with { Decision = decision });
        clock.Advance(TimeSpan.FromSeconds(1));
        await StepAsync(Some.Step(callId, Some.Claim("dispatch:1", ClaimStatus.Done)));

        var (rows, steps) = await StepsAsync();

        Assert.Equal([1, 2], steps.Select(step => step.Number));
        Assert.Equal([Some.Noon, Some.Noon.AddSeconds(1)], steps.Select(step => step.At));
        Assert.Equal([decision, null], steps.Select(step => step.Decision));
        Assert.Equal([Some.Claim("dispatch:1"), Some.Claim("dispatch:1", ClaimStatus.Done)], steps.SelectMany(step => step.Claims));
        Assert.Equal(["", rows.Single(row => row.Key == JournalRowKeys.StepKey(1)).Hash()], steps.Select(step => step.Previous));
        AssertProven(rows);
    }

    [Fact]
    public async Task A_step_seals_the_events_that_its_decider_saw_and_those_that_it_stores()
    {
        await journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        var version = (await journal.ReadAsync(callId, Stop)).Version;
        await journal.AppendAsync(callId, Some.Event("EV_2"), Tracking.Follow, Stop);
        await journal.CommitAsync(callId, version, Some.Step(callId, Some.Claim("a")) with { Events = [Some.Event("EV_3")] }, Stop);
        await StepAsync(Some.Step(callId, Some.Claim("a")));
        await StepAsync(Some.Step(callId, Some.Claim("a")));
        await journal.AppendAsync(callId, Some.Event("EV_4"), Tracking.Follow, Stop);

        var (rows, steps) = await StepsAsync();

        Assert.Equal(["e:EV_1 e:EV_3", "e:EV_2", ""], steps.Select(step => string.Join(' ', step.Rows.Keys.Where(key => key.StartsWith(JournalRowKeys.EventPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))));
        Assert.All(steps, step => Assert.Subset(step.Rows.Keys.ToHashSet(), new HashSet<string> { "call", "x:a" }));
        Assert.Equal([1, 2, 1, null], Prove(rows).Events.OrderBy(seen => seen.Id).Select(seen => seen.SealedBy));
        AssertProven(rows);
    }

    [Fact]
    public async Task A_step_on_an_empty_story_begins_the_chain()
    {
        await journal.CommitAsync(callId, "", Some.Step(callId, Some.Claim("a")) with { Events = [Some.Event("EV_1", "room")] }, Stop);

        var (rows, steps) = await StepsAsync();

        Assert.Equal(1, Assert.Single(steps).Number);
        AssertProven(rows);
    }

    [Fact]
    public async Task A_conflict_leaves_the_chain_alone()
    {
        var version = (await journal.ReadAsync(callId, Stop)).Version;
        await StepAsync(Some.Step(callId, Some.Claim("a")));
        await journal.CommitAsync(callId, version, Some.Step(callId, Some.Claim("a")), Stop);

        Assert.Single((await StepsAsync()).Steps);
    }

    [Fact]
    public async Task What_came_again_is_noted_and_does_not_change_the_story()
    {
        for (var i = 0; i < 3; i++)
        {
            await journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        }

        await journal.AppendAsync(callId, Some.Event("a/b☎"), Tracking.Follow, Stop);
        await journal.AppendAsync(callId, Some.Event("a/b☎"), Tracking.Follow, Stop);
        await StepAsync(Some.Step(callId, Some.Claim("a")));

        var rows = await journal.ReadRowsAsync(callId, Stop);
        Assert.Equal([2, 1], Prove(rows).Events.OrderBy(seen => seen.Id, StringComparer.Ordinal).Select(seen => seen.Duplicates));
        Assert.Equal(2, (await journal.ReadAsync(callId, Stop)).Events.Count);
        AssertProven(rows);
    }

    [Fact]
    public async Task A_long_story_with_many_events_and_big_steps_is_proven()
    {
        for (var i = 0; i < 30; i++)
        {
            await journal.AppendAsync(callId, Some.Event($"{new string('☎', 1000)}{i}", "room"), Tracking.Follow, Stop);
        }

        for (var i = 0; i < 8; i++)
        {
            await StepAsync(Some.Step(callId, [.. Enumerable.Range(0, 40).Select(claim => Some.Claim($"c:{claim}", owner: $"{i}"))]) with
            {
                Events = [.. Enumerable.Range(0, 40).Select(e => Some.Event($"inferred:{i}:{e}", "room"))],
            });
        }

        var (rows, steps) = await StepsAsync();
        Assert.Equal(8, steps.Count);
        AssertProven(rows);
    }

    [Fact]
    public async Task Every_row_is_purged_with_the_story()
    {
        await journal.AppendAsync(callId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);
        await journal.AppendAsync(callId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);
        for (var i = 0; i < 120; i++)
        {
            await StepAsync(Some.Step(callId, Some.Claim("a")));
        }

        await journal.CloseAsync(callId, Stop);
        await journal.PurgeAsync(Some.Noon.AddDays(1), Stop);

        Assert.Empty(await journal.ReadRowsAsync(callId, Stop));
    }

    [Fact]
    public async Task The_newest_calls_are_the_open_ones_and_then_the_last_that_were_closed()
    {
        for (var i = 1; i <= 6; i++)
        {
            await OpenAsync(Some.Call(i));
        }

        foreach (var (call, days) in ((int, int)[])[(3, 0), (1, 1), (2, 1), (5, 40), (4, 400)])
        {
            clock.Advance(TimeSpan.FromDays(days));
            await journal.CloseAsync(Some.Call(call), Stop);
        }

        await journal.AppendAsync(Some.Call(7), Some.EventAt("EV_1", clock.GetUtcNow().AddDays(-100)), Tracking.RecordOnly, Stop);
        Assert.Equal([6, 4, 7, 5, 2, 1, 3], await ListNewestAsync());

        clock.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync(Some.Call(3));
        await journal.CloseAsync(Some.Call(6), Stop);
        Assert.Equal([3, 6, 4, 7, 5, 2, 1], await ListNewestAsync());
    }

    [Fact]
    public async Task As_many_calls_are_found_as_are_asked_for()
    {
        await OpenAsync(Some.Call(1));
        await OpenAsync(Some.Call(2));

        Assert.Single(await journal.ListNewestAsync(Stop).Take(1).ToListAsync(Stop));
    }

    private async Task OpenAsync(CallId call) => await journal.AppendAsync(call, Some.EventAt($"EV_{clock.GetUtcNow().Ticks}", clock.GetUtcNow()), Tracking.Follow, Stop);

    private async Task<List<int>> ListNewestAsync() => await journal.ListNewestAsync(Stop).Select(call => Enumerable.Range(1, 9).Single(i => Some.Call(i) == call)).ToListAsync(Stop);

    private async Task StepAsync(JournalChange change) =>
        Assert.Equal(CommitOutcome.Committed, await journal.CommitAsync(callId, (await journal.ReadAsync(callId, Stop)).Version, change, Stop));

    private async Task<(IReadOnlyList<StoredRow> Rows, List<JournalCommit> Steps)> StepsAsync()
    {
        var rows = await journal.ReadRowsAsync(callId, Stop);
        var steps = rows.Where(row => row.Key.StartsWith(JournalRowKeys.StepPrefix, StringComparison.Ordinal)).OrderBy(row => row.Key, StringComparer.Ordinal);
        return (rows, [.. steps.Select(row => JsonSerializer.Deserialize(ChunkedText.Join(JournalRowKeys.DataColumn, column => row[column])!, JournalJson.Default.JournalCommit)!)]);
    }

    private CallProof Prove(IReadOnlyList<StoredRow> rows)
    {
        var terms = new CallTimeouts(TimeSpan.FromSeconds(25), TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), new SilenceTimeouts(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16), null));
        var route = new Route(new AgentConfig("acme"), terms, new RouteFallback(null, ""));
        return CallAuditor.Audit(callId, rows, new RouteTable(route, new Dictionary<string, Route>(), new Dictionary<string, Route>()));
    }

    private void AssertProven(IReadOnlyList<StoredRow> rows) =>
        Assert.All(Prove(rows).Promises.Where(promise => promise.Name is "chain" or "rows"), promise => Assert.True(promise.Answer == ProofAnswer.Yes, promise.Text));
}
