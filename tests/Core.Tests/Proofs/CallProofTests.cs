using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs.Replay;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Proofs;

public sealed class CallProofTests
{
    [Fact]
    public async Task A_good_call_keeps_every_promise()
    {
        var proof = await (await WrittenHistory.GoodAsync()).ProveAsync();

        Assert.All(proof.Promises, promise => Assert.Equal(ProofAnswer.Yes, promise.Answer));
        Assert.Equal((ProofAnswer.Yes, 5), (proof.Holds, proof.Events.Count));
        Assert.Equal(["created:AD_1", "caller_hangup", "deleted"], proof.Effects.Take(3).Select(effect => effect.Result));
        Assert.Equal([1, 2], proof.Effects[0].Steps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task Whatever_goes_wrong_outside_the_history_of_every_call_proves_its_promises_and_is_decided_alike(int first)
    {
        for (var seed = first; seed < first + 60; seed++)
        {
            var call = new RandomCall(seed);
            await call.PlayAsync();
            if (await call.RowsAsync() is { Count: > 0 } rows)
            {
                Assert.All(CallAuditor.Audit(Call, rows, WrittenHistory.Routes).Promises, promise =>
                    Assert.True(promise.Answer == ProofAnswer.Yes, $"seed {seed}: {promise}"));
                Assert.True(PolicyReplay.Replay(Call, rows, WrittenHistory.Routes).IsSame, $"seed {seed}");
            }
        }
    }

    [Fact]
    public async Task A_call_that_is_under_way_has_broken_nothing_yet()
    {
        var history = await new WrittenHistory().SeenAsync(Arrived(0), Joined(1));
        Assert.Equal(ProofAnswer.NotYet, (await history.ProveAsync()).Holds);
        await history.StepAsync(1, [Held("dispatch:1", 1, 16)]);

        var proof = await history.ProveAsync();

        Assert.Equal(
            ["agent_sent", "nobody_left_ringing", "one_end", "room_deleted", "told_once"],
            proof.Promises.Where(promise => promise.Answer == ProofAnswer.NotYet).Select(promise => promise.Name));
        Assert.DoesNotContain(proof.Promises, promise => promise.Answer == ProofAnswer.No);
    }

    [Fact]
    public async Task A_history_from_before_steps_were_recorded_is_readable_and_proves_nothing()
    {
        var history = await WrittenHistory.GoodAsync();
        var rows = (await history.RowsAsync()).Where(row => !row.Key.StartsWith(JournalRowKeys.Proof, StringComparison.Ordinal))
            .Select(row => row with { Columns = row.Columns.Where(column => column.Key == JournalRowKeys.DataColumn).ToDictionary() })
            .ToList();

        var proof = CallAuditor.Audit(Call, rows, WrittenHistory.Routes);

        Assert.Equal((ProofAnswer.No, "steps"), (proof.Holds, Assert.Single(proof.Promises).Name));
        Assert.Contains("before steps were recorded", proof.Promises[0].Text, StringComparison.Ordinal);
        Assert.Equal(5, proof.Events.Count);
        Assert.False(PolicyReplay.Replay(Call, rows, WrittenHistory.Routes).HasSteps);
    }

    [Fact]
    public async Task A_record_that_does_not_follow_from_the_history_is_named_by_its_field()
    {
        var history = await WrittenHistory.GoodAsync();
        await history.StepAsync(61, [Asked(61)], record: new Scene(Arrived(0)).Record);

        var (answer, text) = await history.ProveAsync("record");

        Assert.Equal(ProofAnswer.No, answer);
        Assert.Contains("status", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_gone_or_stands_there_under_another_key_is_named()
    {
        var rows = await (await WrittenHistory.GoodAsync()).RowsAsync();
        var pairs = rows.GroupBy(row => row.Key[0]).SelectMany(kind => kind.Zip(kind.Skip(1)));

        Assert.All(rows, row => AssertNamed([.. rows.Where(other => other != row)], row.Key));
        Assert.All(rows, row => AssertNamed([.. rows, row with { Key = $"{row.Key}0" }], $"{row.Key}0"));
        Assert.All(pairs, pair =>
        {
            var (one, other) = pair;
            AssertNamed(
                [.. rows.Where(row => row != one && row != other), one with { Key = other.Key }, other with { Key = one.Key }],
                one.Key);
        });
    }

    [Fact]
    public async Task A_claim_that_is_not_what_the_last_step_wrote_is_named()
    {
        var rows = await (await WrittenHistory.GoodAsync()).RowsAsync();

        var claims = rows.Where(row => row.Key.StartsWith(JournalRowKeys.ClaimPrefix, StringComparison.Ordinal));
        Assert.All(claims, row =>
        {
            var changed = row[JournalRowKeys.DataColumn]!.Replace("somebody", "nobody", StringComparison.Ordinal);
            AssertNamed([.. rows.Where(other => other != row), row with { Columns = With(changed) }], row.Key);
        });
    }

    [Fact]
    public async Task Rows_that_hold_no_sense_are_named_and_nothing_is_thrown()
    {
        var rows = await (await WrittenHistory.GoodAsync()).RowsAsync();
        foreach (var row in rows.Where(row => row[JournalRowKeys.DataColumn] is not null))
        {
            foreach (var sense in (string[])[
                "",
                "{}",
                "null",
                "[]",
                "7",
                "\"x\"",
                """{"claims":null,"rows":{"x":null}}""",
                """{"fact":{"fact":"unheard"}}""",
                """{"number":1,"claims":[null],"rows":{}}""",
                """{"number":1,"claims":[],"seen":[null]}""",
                """{"number":9,"claims":[{"key":"dispatch:x"}],"rows":{}}""",
                """{"id":"EV_0_","fact":{"fact":"leg_joined","leg":null}}""",
            ])
            {
                var forged = row with { Columns = new Dictionary<string, string>(row.Columns) { [JournalRowKeys.DataColumn] = sense } };

                var proof = CallAuditor.Audit(Call, [.. rows.Where(other => other != row), forged], WrittenHistory.Routes);

                Assert.Equal(ProofAnswer.No, proof.Holds);
            }
        }
    }

    private static Dictionary<string, string> With(string data) => new() { [JournalRowKeys.DataColumn] = data };

    private static void AssertNamed(IReadOnlyList<StoredRow> rows, string key) =>
        Assert.Contains(
            CallAuditor.Audit(Call, rows, WrittenHistory.Routes).Promises,
            promise => promise is { Answer: ProofAnswer.No, Name: "steps" or "rows" } && promise.Text.Split(' ').Contains(key));
}
