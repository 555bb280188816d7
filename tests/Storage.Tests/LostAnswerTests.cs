using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>
/// A write whose answer is lost is sent again by the client library and then meets itself; the journal must know its own hand.
/// </summary>
public sealed class LostAnswerTests(AzuriteServer azurite) : FaultyTableTests(azurite)
{
    [Fact]
    public async Task An_event_that_was_stored_by_a_lost_try_is_appended_and_not_a_duplicate()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        Table.Faults.LoseAnswer();

        Assert.Equal(AppendOutcome.Appended, await Table.Journal.AppendAsync(CallId, Some.Event("EV_2"), Tracking.Follow, Stop));
        Assert.Equal(AppendOutcome.Duplicate, await Table.Other.AppendAsync(CallId, Some.Event("EV_2"), Tracking.Follow, Stop));
    }

    [Fact]
    public async Task A_lost_try_that_found_the_event_of_somebody_else_is_a_duplicate()
    {
        await Table.Other.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        Table.Faults.LoseAnswer();

        Assert.Equal(AppendOutcome.Duplicate, await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop));
    }

    [Fact]
    public async Task The_first_event_of_a_call_survives_a_lost_answer_at_each_of_its_writes()
    {
        var writes =
            await Table.CountAsync(journal => journal.AppendAsync(CallId, Some.Event("EV_1", "room"), Tracking.Follow, Stop).AsTask());

        for (var write = 1; write <= writes; write++)
        {
            var call = Some.Call(1 + write);
            Table.Faults.LoseAnswer(write);

            Assert.Equal(AppendOutcome.Appended, await Table.Journal.AppendAsync(call, Some.Event("EV_1", "room"), Tracking.Follow, Stop));
            Assert.Contains(call, await Table.Journal.ListOpenAsync(Stop).Select(open => open.CallId).ToListAsync(Stop));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_step_that_was_written_by_a_lost_try_is_committed(bool hasSteps)
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        if (hasSteps)
        {
            await StepAsync(Table.Other, "before");
        }

        Table.Faults.LoseAnswer();

        Assert.Equal(CommitOutcome.Committed, await StepAsync(Table.Journal, "mine"));
        Assert.Equal("mine", Assert.Single((await Table.Journal.ReadAsync(CallId, Stop)).Claims).Owner);
    }

    [Fact]
    public async Task A_step_that_was_written_by_a_lost_try_is_committed_even_if_others_built_on_it_meanwhile()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        Table.Faults.LoseAnswer(meanwhile: async () =>
        {
            await StepAsync(Table.Other, "later");
            await StepAsync(Table.Other, "latest");
        });

        Assert.Equal(CommitOutcome.Committed, await StepAsync(Table.Journal, "mine"));
        Assert.Equal("latest", Assert.Single((await Table.Journal.ReadAsync(CallId, Stop)).Claims).Owner);
    }

    [Fact]
    public async Task A_lost_try_that_came_too_late_is_a_conflict()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        var version = (await Table.Journal.ReadAsync(CallId, Stop)).Version;
        await StepAsync(Table.Other, "first");
        Table.Faults.LoseAnswer();

        Assert.Equal(
            CommitOutcome.Conflict,
            (await Table.Journal.CommitAsync(CallId, version, Some.Step(CallId, Some.Claim("a", owner: "mine")), Stop)).Outcome);
        Assert.Equal("first", Assert.Single((await Table.Journal.ReadAsync(CallId, Stop)).Claims).Owner);
    }

    [Fact]
    public async Task A_closing_survives_a_lost_answer_at_each_of_its_writes()
    {
        await Table.Journal.AppendAsync(CallId, Some.Event("EV_1"), Tracking.Follow, Stop);
        await Table.CountAsync(journal => journal.CloseAsync(CallId, Stop).AsTask());
        var writes = Table.Faults.Requests.Count(r => !r.StartsWith("GET", StringComparison.Ordinal));

        for (var write = 1; write <= writes; write++)
        {
            var call = Some.Call(1 + write);
            await Table.Journal.AppendAsync(call, Some.Event("EV_1"), Tracking.Follow, Stop);
            Table.Faults.LoseAnswer(write);

            await Table.Journal.CloseAsync(call, Stop);

            Assert.Empty(await Table.Journal.ListOpenAsync(Stop).ToListAsync(Stop));
        }
    }

    private async Task<CommitOutcome> StepAsync(TableCallJournal journal, string owner)
    {
        var history = await journal.ReadAsync(CallId, Stop);
        return (await journal.CommitAsync(CallId, history.Version, Some.Step(CallId, Some.Claim("a", owner: owner)), Stop)).Outcome;
    }
}
