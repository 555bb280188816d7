using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
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
    public async Task An_event_that_no_row_holds_is_counted_and_the_call_goes_on_without_it()
    {
        CallerIsThere();
        await TakeAsync(Joined(0));
        bench.Journal.IsTooLarge = callEvent => callEvent.Fact is CallFact.Unhandled;

        Assert.Equal(AppendOutcome.Refused, await TakeAsync(Event(1, new CallFact.Unhandled("huge"), "EV_huge")));
        Assert.Equal(AppendOutcome.Refused, await TakeAsync(Event(2, new CallFact.Unhandled("huge"), "EV_as_huge")));

        var state = await bench.StateAsync();
        Assert.Equal(["too_large"], state.Omissions.All.Select(omission => omission.Key));
        Assert.True(CallDetailRecord.Of(state, Naming).EventsOmitted);
        Assert.Equal(
            1,
            (await bench.Journal.ReadAsync(Call, TestContext.Current.CancellationToken)).Events.Count(stored => stored.Inferred));
    }

    [Fact]
    public async Task That_events_are_omitted_is_recorded_by_the_next_one_where_the_journal_was_away()
    {
        bench.Journal.IsTooLarge = callEvent => callEvent.Fact is CallFact.Unhandled;
        var appends = 0;
        bench.Journal.Before = method => method == "Append" && ++appends == 2
            ? throw new JournalUnavailableException("The store is away.")
            : Task.CompletedTask;
        var huge = Event(1, new CallFact.Unhandled("huge"), "EV_huge");

        await Assert.ThrowsAsync<JournalUnavailableException>(() => TakeAsync(huge));
        await TakeAsync(huge);

        Assert.Single((await bench.StateAsync()).Omissions.All);
    }

    [Fact]
    public async Task In_a_call_with_a_hundred_callers_the_next_ones_webhook_waits_for_no_reading()
    {
        for (var i = 0; i < 100; i++)
        {
            await TakeAsync(Joined(0, Caller($"PA_{i}", $"sip_{i}")) with { Id = $"EV_{i}" });
        }

        var reads = 0;
        bench.Journal.Before = method =>
        {
            reads += method == "Read" ? 1 : 0;
            return Task.CompletedTask;
        };

        await TakeAsync(Joined(1, Caller("PA_next", "sip_next")));

        Assert.Equal(0, reads);
    }

    [Fact]
    public async Task In_a_room_of_a_foreign_name_a_late_legs_event_costs_no_reading_of_the_history()
    {
        var reads = 0;
        bench.Journal.Before = method =>
        {
            reads += method == "Read" ? 1 : 0;
            return Task.CompletedTask;
        };

        await TakeAsync(Joined(0, Other(LegRole.Guest)), Tracking.RecordOnly);

        Assert.Equal(0, reads);
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
