using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Workflow;

public sealed class EventIngestorTests
{
    private readonly CallsBench bench = new();

    [Fact]
    public async Task A_callers_joining_gets_its_agent_before_the_sender_is_answered()
    {
        CallerIsThere();

        Assert.Equal(AppendOutcome.Appended, await TakeAsync(Joined(0)));

        Assert.Single(bench.LiveKit.Made);
        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task A_second_delivery_changes_nothing_and_wakes_the_workflow_all_the_same()
    {
        CallerIsThere();
        await TakeAsync(Joined(0));

        Assert.Equal(AppendOutcome.Duplicate, await TakeAsync(Joined(0)));

        Assert.Single(bench.LiveKit.Made);
        Assert.Equal([Call, Call], bench.Workflows.Started);
    }

    [Fact]
    public async Task What_needs_no_looking_after_starts_nothing()
    {
        await TakeAsync(Started(0), Tracking.RecordOnly);

        Assert.Empty(bench.Workflows.Started);
        Assert.Equal([Call], bench.Workflows.Signalled);
    }

    [Theory]
    [InlineData(Tracking.RecordOnly, 0)]
    [InlineData(Tracking.Follow, 1)]
    public async Task An_event_that_is_only_noted_wakes_nobody_but_its_call_is_begun_where_it_needs_looking_after(Tracking watch, int begun)
    {
        await TakeAsync(new CallEvent("EV_noted", Noon, new CallFact.Unhandled("track_unpublished")) { Room = Room }, watch);

        Assert.Equal(begun, bench.Workflows.Begun.Count);
        Assert.Empty(bench.Workflows.Started);
        Assert.Empty(bench.Workflows.Signalled);
    }

    [Fact]
    public async Task An_event_that_cannot_be_recorded_is_the_senders_to_repeat()
    {
        bench.Journal.IsDown = true;

        await Assert.ThrowsAsync<JournalUnavailableException>(() => TakeAsync(Joined(0)));

        Assert.Empty(bench.Workflows.Started);
    }

    [Fact]
    public async Task A_journal_that_goes_away_after_the_event_was_recorded_is_the_workflows_matter()
    {
        CallerIsThere();
        bench.Journal.Before = method => method == "Read" ? throw new JournalUnavailableException("away") : Task.CompletedTask;

        Assert.Equal(AppendOutcome.Appended, await TakeAsync(Joined(0)));

        Assert.Equal([Call], bench.Workflows.Started);
    }

    [Theory]
    [InlineData(Tracking.Follow)]
    [InlineData(Tracking.RecordOnly)]
    public async Task An_engine_that_cannot_be_woken_is_the_sweepers_matter(Tracking watch)
    {
        bench.Workflows.Failure = new InvalidOperationException("The engine is away.");

        Assert.Equal(AppendOutcome.Appended, await TakeAsync(Started(0), watch));
    }

    private void CallerIsThere()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
    }

    private Task<AppendOutcome> TakeAsync(CallEvent callEvent, Tracking watch = Tracking.Follow) =>
        bench.Intake.IngestAsync(new ReceivedEvent(Call, callEvent, watch), TestContext.Current.CancellationToken).AsTask();
}
