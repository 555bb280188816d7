using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Journal;

public sealed class JournalPositionTests
{
    [Fact]
    public void A_position_comes_back_from_the_columns_of_the_header_row()
    {
        var position = Seeing(Joined(1), Arrived(0.0000001)).Next(1, [Left(30.5)]);

        Assert.Equal(new JournalPosition(1, 3, At(30.5)), position);
        Assert.Equal(position, JournalPosition.Of(Header(position.Columns.ToDictionary())));
        Assert.Equal(JournalPosition.Start, JournalPosition.Of(Header(JournalPosition.Start.Columns.ToDictionary())));
    }

    [Fact]
    public void A_header_of_an_earlier_build_tells_the_number_of_steps_and_that_nothing_counts_as_listed()
    {
        var header = Header(new Dictionary<string, string> { ["steps"] = "18", ["head"] = "c9ed", ["sealed"] = "145d5e8ff70b4c1d" });

        var position = JournalPosition.Of(header);

        Assert.Equal(JournalPosition.Start with { Steps = 18 }, position);
        Assert.Equal(["0", "1"], position.Seeing(Keyed(Arrived(0), Joined(1))).Keys);
    }

    [Fact]
    public void Only_newer_events_are_unlisted_while_the_number_of_older_ones_is_what_it_was()
    {
        var position = Seeing(Arrived(0), Joined(1));

        Assert.Equal(["2", "3"], position.Seeing(Keyed(Arrived(0), Joined(1), Audio(2), Left(3))).Keys);
        Assert.Empty(position.Seeing(Keyed(Arrived(0), Joined(1))).Keys);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Everything_is_unlisted_once_an_older_event_or_one_of_the_same_time_came_in_late(double late)
    {
        var position = Seeing(Arrived(0), Joined(1));

        Assert.Equal(["0", "1", "2", "3"], position.Seeing(Keyed(Arrived(0), Joined(1), Audio(late), Left(3))).Keys.Order());
    }

    [Fact]
    public void Of_more_events_than_one_write_can_list_the_oldest_come_first_and_the_rest_with_the_writes_after_it()
    {
        var events = Keyed([.. Enumerable.Range(0, 12_000).Select(i => Joined(i / 3))]);
        var (position, listed, writes) = (JournalPosition.Start, new List<string>(), 0);
        while (position.Seeing(events) is { Keys.Count: > 0 } seen)
        {
            Assert.InRange(seen.Keys.Count, 1, JournalCommit.MaxSeen * JournalCommit.MaxListings);
            listed.AddRange(seen.Keys);
            position = seen.Position.Next(1, []);
            writes++;
        }

        Assert.Equal((events.Count, 3), (listed.Distinct().Count(), writes));
        Assert.Equal(events.Count, listed.Count);
        Assert.Equal(events.Count, position.Events);
    }

    [Fact]
    public void What_one_row_cannot_list_is_listed_by_steps_of_their_own_before_it()
    {
        string[] seen = [.. Enumerable.Range(0, 1_201).Select(i => $"e:EV_{i}")];
        var change = new JournalChange([Dispatched(1)], Record) { Decision = new RecordedDecision(new CallEffect.DispatchAgent(1), At(1)) };

        var steps = JournalCommit.Of(7, At(2), change, seen);

        Assert.Equal([8, 9, 10], steps.Select(step => step.Number));
        Assert.Equal([500, 500, 201], steps.Select(step => step.SeenEvents.Count()));
        Assert.Equal(seen, steps.SelectMany(step => step.SeenEvents));
        Assert.Equal([0, 0, 1], steps.Select(step => step.Claims.Count));
        Assert.Equal([null, null, change.Decision], steps.Select(step => step.Decision));
        Assert.Equal([], Assert.Single(JournalCommit.Of(0, At(2), change, [])).SeenEvents);
    }

    private static CallDetailRecord Record => CallDetailRecord.Of(new CallState(Call).Apply(Joined(0)), Naming);

    private static JournalPosition Seeing(params CallEvent[] events) => JournalPosition.Start.Seeing(Keyed(events)).Position;

    private static StoredRow Header(Dictionary<string, string> columns) => new(JournalRowKeys.Header, columns);

    private static Dictionary<string, CallEvent> Keyed(params CallEvent[] events) =>
        events.Index().ToDictionary(e => $"{e.Index}", e => e.Item);
}
