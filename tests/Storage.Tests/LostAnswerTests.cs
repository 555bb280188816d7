using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>A write whose answer is lost is sent again by the client library and then meets itself; the journal must know its own hand.</summary>
public sealed class LostAnswerTests(AzuriteServer azurite) : IAsyncLifetime
{
    private readonly ManualClock clock = new(Some.Noon);
    private readonly CallId callId = Some.Call();

    private FaultyTable table = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => table = await FaultyTable.CreateAsync(azurite, clock, Stop);

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task An_event_that_was_stored_by_a_lost_try_is_appended_and_not_a_duplicate()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        table.Faults.LoseAnswer();

        Assert.Equal(AppendOutcome.Appended, await table.Journal.AppendAsync(callId, Some.Event("EV_2"), Tracking.Follow, Stop));
        Assert.Equal(AppendOutcome.Duplicate, await table.Other.AppendAsync(callId, Some.Event("EV_2"), Tracking.Follow, Stop));
    }

    [Fact]
    public async Task A_lost_try_that_found_the_event_of_somebody_else_is_a_duplicate()
    {
        await table.Other.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        table.Faults.LoseAnswer();

        Assert.Equal(AppendOutcome.Duplicate, await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop));
    }

    [Fact]
    public async Task The_first_event_of_a_call_survives_a_lost_answer_at_each_of_its_writes()
    {
        var writes = await table.CountAsync(journal => journal.AppendAsync(callId, Some.Event("EV_1", "room"), Tracking.Follow, Stop).AsTask());

        for (var write = 1; write <= writes; write++)
        {
            var call = Some.Call(1 + write);
            table.Faults.LoseAnswer(write);

            Assert.Equal(AppendOutcome.Appended, await table.Journal.AppendAsync(call, Some.Event("EV_1", "room"), Tracking.Follow, Stop));
            Assert.Contains(call, await table.Journal.ListOpenAsync(Stop).ToListAsync(Stop));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_step_that_was_written_by_a_lost_try_is_committed(bool hasSteps)
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        if (hasSteps)
        {
            await StepAsync(table.Other, "before");
        }

        table.Faults.LoseAnswer();

        Assert.Equal(CommitOutcome.Committed, await StepAsync(table.Journal, "mine"));
        Assert.Equal("mine", Assert.Single((await table.Journal.ReadAsync(callId, Stop)).Claims).Owner);
    }

    [Fact]
    public async Task A_step_that_was_written_by_a_lost_try_is_committed_even_if_others_built_on_it_meanwhile()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        table.Faults.LoseAnswer(meanwhile: async () =>
        {
            await StepAsync(table.Other, "later");
            await StepAsync(table.Other, "latest");
        });

        Assert.Equal(CommitOutcome.Committed, await StepAsync(table.Journal, "mine"));
        Assert.Equal("latest", Assert.Single((await table.Journal.ReadAsync(callId, Stop)).Claims).Owner);
    }

    [Fact]
    public async Task A_lost_try_that_came_too_late_is_a_conflict()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        var version = (await table.Journal.ReadAsync(callId, Stop)).Version;
        await StepAsync(table.Other, "first");
        table.Faults.LoseAnswer();

        Assert.Equal(CommitOutcome.Conflict, await table.Journal.CommitAsync(callId, version, Some.Step(callId, Some.Claim("a", owner: "mine")), Stop));
        Assert.Equal("first", Assert.Single((await table.Journal.ReadAsync(callId, Stop)).Claims).Owner);
    }

    [Fact]
    public async Task A_closing_survives_a_lost_answer_at_each_of_its_writes()
    {
        await table.Journal.AppendAsync(callId, Some.Event("EV_1"), Tracking.Follow, Stop);
        await table.CountAsync(journal => journal.CloseAsync(callId, Stop).AsTask());
        var writes = table.Faults.Requests.Count(r => !r.StartsWith("GET", StringComparison.Ordinal));

        for (var write = 1; write <= writes; write++)
        {
            var call = Some.Call(1 + write);
            await table.Journal.AppendAsync(call, Some.Event("EV_1"), Tracking.Follow, Stop);
            table.Faults.LoseAnswer(write);

            await table.Journal.CloseAsync(call, Stop);

            Assert.Empty(await table.Journal.ListOpenAsync(Stop).ToListAsync(Stop));
        }
    }

    private async Task<CommitOutcome> StepAsync(TableCallJournal journal, string owner)
    {
        var story = await journal.ReadAsync(callId, Stop);
        return await journal.CommitAsync(callId, story.Version, Some.Step(callId, Some.Claim("a", owner: owner)), Stop);
    }
}
