using VoiceFunctions.Core.Calls.Events;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Journal;

public sealed class JournalPositionTests
{
    [Fact]
    public void A_position_comes_back_from_the_columns_of_the_header_row()
    {
        var position = JournalPosition.Start.Seeing([Joined(1), Arrived(0.0000001)]).Next([Left(30.5)]);

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
        Assert.Equal(["0", "1"], position.Unlisted(Keyed(Arrived(0), Joined(1))));
    }

    [Fact]
    public void Only_newer_events_are_unlisted_while_the_number_of_older_ones_is_what_it_was()
    {
        var position = JournalPosition.Start.Seeing([Arrived(0), Joined(1)]);

        Assert.Equal(["2", "3"], position.Unlisted(Keyed(Arrived(0), Joined(1), Audio(2), Left(3))));
        Assert.Empty(position.Unlisted(Keyed(Arrived(0), Joined(1))));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Everything_is_unlisted_once_an_older_event_or_one_of_the_same_time_came_in_late(double late)
    {
        var position = JournalPosition.Start.Seeing([Arrived(0), Joined(1)]);

        Assert.Equal(["0", "1", "2", "3"], position.Unlisted(Keyed(Arrived(0), Joined(1), Audio(late), Left(3))));
    }

    private static StoredRow Header(Dictionary<string, string> columns) => new(JournalRowKeys.Header, columns);

    private static Dictionary<string, CallEvent> Keyed(params CallEvent[] events) =>
        events.Index().ToDictionary(e => $"{e.Index}", e => e.Item);
}
