using System.Text.Json;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Storage;

/// <summary>What every journal keeps for the proof: the steps, and notes of what came again.</summary>
public abstract class CallStepContract(IJournals journals) : JournalContract(journals)
{
    [Fact]
    public async Task An_unknown_call_has_no_rows() => Assert.Empty(await Journal.ReadRowsAsync(CallId, Stop));

    [Fact]
    public async Task A_step_keeps_what_it_wrote_and_decided()
    {
        var decision = new RecordedDecision(new CallEffect.DispatchAgent(1), Some.Noon.AddSeconds(-1));
        await Journal.AppendAsync(CallId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);
        await StepAsync(Some.Step(CallId, Some.Claim("dispatch:1")) with { Decision = decision });
        Clock.Advance(TimeSpan.FromSeconds(1));
        await StepAsync(Some.Step(CallId, Some.Claim("dispatch:1", ClaimStatus.Done)));

        var (rows, steps) = await StepsAsync();

        Assert.Equal([1, 2], steps.Select(step => step.Number));
        Assert.Equal([Some.Noon, Some.Noon.AddSeconds(1)], steps.Select(step => step.At));
        Assert.Equal([decision, null], steps.Select(step => step.Decision));
        Assert.Equal([Some.Claim("dispatch:1"), Some.Claim("dispatch:1", ClaimStatus.Done)], steps.SelectMany(step => step.Claims));
        AssertProven(rows);
    }

    [Fact]
    public async Task Steps_that_are_written_together_have_a_number_each_and_only_the_first_lists_events()
    {
        await AppendAsync("EV_1", 1);
        var claimed = await StepAsync(Some.Step(CallId, Some.Claim("dispatch:1")));
        await AppendAsync("EV_2", 2);
        var decision = new RecordedDecision(new CallEffect.DeleteRoom(1), Some.Noon);
        var learnt = Some.EventAt("inferred:1", Some.Noon.AddSeconds(3), "room");

        var both = await Journal.CommitAsync(
            CallId,
            claimed.Version!,
            JournalChange.Of(
            [
                Some.Step(CallId, Some.Claim("dispatch:1", ClaimStatus.Done)) with { Events = [learnt] },
                Some.Step(CallId, Some.Claim("delete-room:1")) with { Decision = decision },
            ]),
            Stop);
        var last = await Journal.CommitAsync(
            CallId, both.Version!, Some.Step(CallId, Some.Claim("delete-room:1", ClaimStatus.Done)), Stop);
        await StepAsync(Some.Step(CallId, Some.Claim("end", ClaimStatus.Done)));

        var (rows, steps) = await StepsAsync();
        var seen = new HashSet<string>();
        Assert.Equal((CommitOutcome.Committed, CommitOutcome.Committed), (both.Outcome, last.Outcome));
        Assert.Equal([1, 2, 3, 4, 5], steps.Select(step => step.Number));
        Assert.Equal([false, false, true, false, false], steps.Select(step => step.IsJoined));
        Assert.Equal([null, null, decision, null, null], steps.Select(step => step.Decision));
        Assert.Equal(
            [["e:EV_1"], ["e:inferred:1"], [], [], ["e:EV_2"]],
            steps.Select(step => step.SeenEvents.Where(seen.Add).ToArray()));
        AssertProven(rows);
    }

    [Fact]
    public async Task Of_claims_with_one_key_that_are_written_together_the_last_counts()
    {
        var version = (await Journal.ReadAsync(CallId, Stop)).Version;

        await Journal.CommitAsync(
            CallId,
            version,
            JournalChange.Of(
                [Some.Step(CallId, Some.Claim("a", ClaimStatus.Failed)), Some.Step(CallId, Some.Claim("a"), Some.Claim("b"))]),
            Stop);

        var claims = (await Journal.ReadAsync(CallId, Stop)).Claims;
        Assert.Equal([Some.Claim("a"), Some.Claim("b")], claims.OrderBy(claim => claim.Key));
    }

    [Fact]
    public async Task An_event_that_came_between_two_steps_of_one_writer_is_listed_by_the_first_step_of_somebody_who_saw_it()
    {
        await AppendAsync("EV_1", 1);
        var claimed = await Journal.CommitAsync(
            CallId, (await Journal.ReadAsync(CallId, Stop)).Version, Some.Step(CallId, Some.Claim("dispatch:1")), Stop);
        await AppendAsync("EV_2", 2);
        var learnt = Some.EventAt("inferred:1", Some.Noon.AddSeconds(3), "room");
        await Journal.CommitAsync(
            CallId, claimed.Version!, Some.Step(CallId, Some.Claim("dispatch:1", ClaimStatus.Done)) with { Events = [learnt] }, Stop);
        await StepAsync(Some.Step(CallId, Some.Claim("end", ClaimStatus.Done)));

        var (rows, steps) = await StepsAsync();

        var seen = new HashSet<string>();
        Assert.Equal(
            [["e:EV_1"], ["e:inferred:1"], ["e:EV_2"]],
            steps.Select(step => step.SeenEvents.Where(seen.Add).ToArray()));
        AssertProven(rows);
    }

    [Fact]
    public async Task A_step_lists_the_events_that_its_decider_saw_first_and_those_that_it_stores()
    {
        await AppendAsync("EV_1", 1);
        var version = (await Journal.ReadAsync(CallId, Stop)).Version;
        await AppendAsync("EV_2", 3);
        var change = Some.Step(CallId, Some.Claim("a")) with { Events = [Some.EventAt("EV_3", Some.Noon.AddSeconds(2))] };
        await Journal.CommitAsync(CallId, version, change, Stop);
        await StepAsync(Some.Step(CallId, Some.Claim("a")));
        await StepAsync(Some.Step(CallId, Some.Claim("a")));
        await AppendAsync("EV_4", 4);

        var (rows, steps) = await StepsAsync();

        Assert.Equal(["e:EV_1 e:EV_3", "e:EV_2", ""], steps.Select(ListOf));
        Assert.Equal([1, 2, 1, null], SeenBy(rows));
        AssertProven(rows);
    }

    [Fact]
    public async Task An_event_that_came_in_late_is_listed_though_newer_ones_were_seen_before_it()
    {
        await AppendAsync("EV_1", 1);
        await AppendAsync("EV_3", 3);
        await StepAsync(Some.Step(CallId, Some.Claim("a")));
        await AppendAsync("EV_2", 2);
        await AppendAsync("EV_4", 4);
        await StepAsync(Some.Step(CallId, Some.Claim("a")));
        await AppendAsync("EV_5", 4);
        await AppendAsync("EV_6", 6);
        await StepAsync(Some.Step(CallId, Some.Claim("a")));
        await StepAsync(Some.Step(CallId, Some.Claim("a")));

        var (rows, steps) = await StepsAsync();

        Assert.Equal([1, 2, 1, 2, 3, 3], SeenBy(rows));
        Assert.Equal("", ListOf(steps[^1]));
        AssertProven(rows);
    }

    [Fact]
    public async Task A_step_that_was_decided_on_nothing_leaves_what_came_before_it_to_the_next_one()
    {
        await AppendAsync("EV_1", 1);
        var change = Some.Step(CallId, Some.Claim("a")) with { Events = [Some.EventAt("EV_2", Some.Noon.AddSeconds(2))] };
        await Journal.CommitAsync(CallId, "", change, Stop);
        await StepAsync(Some.Step(CallId, Some.Claim("a")));

        Assert.Equal([2, 1], SeenBy(await Journal.ReadRowsAsync(CallId, Stop)));
    }

    [Fact]
    public async Task The_header_does_not_grow_with_the_events_nor_a_step_with_those_before_it()
    {
        for (var i = 0; i < 60; i++)
        {
            await AppendAsync($"EV_{i}", i);
            await StepAsync(Some.Step(CallId, Some.Claim("a")));
        }

        var (rows, steps) = await StepsAsync();
        Assert.All(steps, (step, i) => Assert.Equal($"e:EV_{i}", ListOf(step)));
        var header = rows.Single(row => row.Key == JournalRowKeys.Header).Columns;
        Assert.Equal(
            [("events", "60"), ("newest", JournalRowKeys.Moment(Some.Noon.AddSeconds(59))), ("steps", "60")],
            header.Where(column => column.Key is not (JournalRowKeys.DataColumn or "owner" or "v"))
                .Select(column => (column.Key, column.Value))
                .Order());
    }

    [Fact]
    public async Task A_step_on_an_empty_history_is_the_first()
    {
        await Journal.CommitAsync(CallId, "", Some.Step(CallId, Some.Claim("a")) with { Events = [Some.Event("EV_1", "room")] }, Stop);

        var (rows, steps) = await StepsAsync();

        Assert.Equal(1, Assert.Single(steps).Number);
        AssertProven(rows);
    }

    [Fact]
    public async Task A_conflict_records_no_step()
    {
        var version = (await Journal.ReadAsync(CallId, Stop)).Version;
        await StepAsync(Some.Step(CallId, Some.Claim("a")));
        await Journal.CommitAsync(CallId, version, Some.Step(CallId, Some.Claim("a")), Stop);

        Assert.Single((await StepsAsync()).Steps);
    }

    [Fact]
    public async Task What_came_again_is_noted_and_does_not_change_the_history()
    {
        for (var i = 0; i < 3; i++)
        {
            await Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        }

        await Journal.AppendAsync(CallId, Some.Event("a/b☎"), Tracking.Follow, Stop);
        await Journal.AppendAsync(CallId, Some.Event("a/b☎"), Tracking.Follow, Stop);
        await StepAsync(Some.Step(CallId, Some.Claim("a")));

        var rows = await Journal.ReadRowsAsync(CallId, Stop);
        Assert.Equal([2, 1], Prove(rows).Events.OrderBy(seen => seen.Id, StringComparer.Ordinal).Select(seen => seen.Duplicates));
        Assert.Equal(2, (await Journal.ReadAsync(CallId, Stop)).Events.Count);
        AssertProven(rows);
    }

    [Fact]
    public async Task A_long_history_with_many_events_and_big_steps_is_proven()
    {
        for (var i = 0; i < 30; i++)
        {
            await Journal.AppendAsync(CallId, Some.Event($"{new string('☎', 1000)}{i}", "room"), Tracking.Follow, Stop);
        }

        for (var i = 0; i < 8; i++)
        {
            await StepAsync(Some.Step(CallId, [.. Enumerable.Range(0, 40).Select(claim => Some.Claim($"c:{claim}", owner: $"{i}"))]) with
            {
                Events = [.. Enumerable.Range(0, 40).Select(e => Some.Event($"inferred:{i}:{e}", "room"))],
            });
        }

        var (rows, steps) = await StepsAsync();
        Assert.Equal(8, steps.Count);
        AssertProven(rows);
    }

    [Fact]
    public async Task Every_row_is_purged_with_the_history()
    {
        await Journal.AppendAsync(CallId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);
        await Journal.AppendAsync(CallId, Some.Event("EV_1", "room"), Tracking.Follow, Stop);
        for (var i = 0; i < 120; i++)
        {
            await StepAsync(Some.Step(CallId, Some.Claim("a")));
        }

        await Journal.CloseAsync(CallId, Stop);
        await Journal.PurgeAsync(Some.Noon.AddDays(1), Stop);

        Assert.Empty(await Journal.ReadRowsAsync(CallId, Stop));
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
            Clock.Advance(TimeSpan.FromDays(days));
            await Journal.CloseAsync(Some.Call(call), Stop);
        }

        await Journal.AppendAsync(Some.Call(7), Some.EventAt("EV_1", Clock.GetUtcNow().AddDays(-100)), Tracking.RecordOnly, Stop);
        Assert.Equal([6, 4, 7, 5, 2, 1, 3], await ListNewestAsync());

        Clock.Advance(TimeSpan.FromSeconds(1));
        await OpenAsync(Some.Call(3));
        await Journal.CloseAsync(Some.Call(6), Stop);
        Assert.Equal([3, 6, 4, 7, 5, 2, 1], await ListNewestAsync());
    }

    [Fact]
    public async Task As_many_calls_are_found_as_are_asked_for()
    {
        await OpenAsync(Some.Call(1));
        await OpenAsync(Some.Call(2));

        Assert.Single(await Journal.ListNewestAsync(Stop).Take(1).ToListAsync(Stop));
    }

    private static string ListOf(JournalCommit step) => string.Join(' ', step.Seen!.Order(StringComparer.Ordinal));

    private IEnumerable<int?> SeenBy(IReadOnlyList<StoredRow> rows) =>
        Prove(rows).Events.OrderBy(seen => seen.Id, StringComparer.Ordinal).Select(seen => seen.SeenBy);

    private async Task AppendAsync(string id, int second) =>
        await Journal.AppendAsync(CallId, Some.EventAt(id, Some.Noon.AddSeconds(second)), Tracking.Follow, Stop);

    private async Task OpenAsync(CallId call) =>
        await Journal.AppendAsync(call, Some.EventAt($"EV_{Clock.GetUtcNow().Ticks}", Clock.GetUtcNow()), Tracking.Follow, Stop);

    private async Task<List<int>> ListNewestAsync() =>
        await Journal.ListNewestAsync(Stop).Select(call => Enumerable.Range(1, 9).Single(i => Some.Call(i) == call)).ToListAsync(Stop);

    private async Task<StepOutcome> StepAsync(JournalChange change)
    {
        var step = await Journal.CommitAsync(CallId, (await Journal.ReadAsync(CallId, Stop)).Version, change, Stop);
        Assert.Equal(CommitOutcome.Committed, step.Outcome);
        return step;
    }

    private async Task<(IReadOnlyList<StoredRow> Rows, List<JournalCommit> Steps)> StepsAsync()
    {
        var rows = await Journal.ReadRowsAsync(CallId, Stop);
        var steps = rows
            .Where(row => row.Key.StartsWith(JournalRowKeys.StepPrefix, StringComparison.Ordinal))
            .OrderBy(row => row.Key, StringComparer.Ordinal);
        return (rows, [.. steps.Select(row => JsonSerializer.Deserialize(
            ChunkedText.Join(JournalRowKeys.DataColumn, column => row[column])!,
            JournalJson.Default.JournalCommit)!)]);
    }

    private CallProof Prove(IReadOnlyList<StoredRow> rows)
    {
        var terms = new CallTimeouts(
            TimeSpan.FromSeconds(25),
            TimeSpan.FromHours(1),
            TimeSpan.FromSeconds(10),
            new SilenceTimeouts(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16), null));
        var route = new Route(new AgentConfig("acme"), terms, new RouteFallback(null, ""));
        return CallAuditor.Audit(CallId, rows, new RouteTable(route));
    }

    private void AssertProven(IReadOnlyList<StoredRow> rows) =>
        Assert.All(Prove(rows).Promises.Where(promise => promise.Name is "steps" or "rows"), promise =>
            Assert.True(promise.Answer == ProofAnswer.Yes, promise.Text));
}
