using System.Globalization;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Journal;

/// <summary>
/// How far the steps of a call have come. The header row holds it, so that a step is written without reading the earlier ones; it does not
/// grow with the call.
/// </summary>
/// <param name="Steps">How many steps there are.</param>
/// <param name="Events">How many events the last step had seen, its own included.</param>
/// <param name="Newest">The time of the newest of them.</param>
public sealed record JournalPosition(int Steps, int Events, DateTimeOffset Newest)
{
    private const string StepsColumn = "steps";
    private const string EventsColumn = "events";
    private const string NewestColumn = "newest";

    /// <summary>Before the first step.</summary>
    public static JournalPosition Start { get; } = new(0, 0, DateTimeOffset.MinValue);

    /// <summary>The header row's columns.</summary>
    public IEnumerable<KeyValuePair<string, string>> Columns =>
    [
        new(StepsColumn, Steps.ToString(CultureInfo.InvariantCulture)),
        new(EventsColumn, Events.ToString(CultureInfo.InvariantCulture)),
        new(NewestColumn, JournalRowKeys.Moment(Newest)),
    ];

    /// <summary>What a header row says. Earlier builds wrote only how many steps there are: then no event counts as listed.</summary>
    public static JournalPosition Of(StoredRow header)
    {
        var hasNewest = DateTimeOffset.TryParse(
            header[NewestColumn], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var newest);
        return new(Number(header[StepsColumn]), Number(header[EventsColumn]), hasNewest ? newest : Start.Newest);
    }

    /// <summary>
    /// The row keys of the events that the next step has to list, of all that its reader saw: those that are newer than what the last step
    /// had seen. If the number of older events has changed, one of them came in late, and nothing tells which: then all are listed.
    /// </summary>
    public IEnumerable<string> Unlisted(IReadOnlyDictionary<string, CallEvent> seen)
    {
        var isLate = seen.Values.Count(e => e.At <= Newest) != Events;
        return seen.Where(e => isLate || e.Value.At > Newest).Select(e => e.Key);
    }

    /// <summary>The same steps, and all events that a reader saw after them.</summary>
    public JournalPosition Seeing(IReadOnlyCollection<CallEvent> seen) =>
        this with { Events = seen.Count, Newest = Latest(seen, Start.Newest) };

    /// <summary>One step more, which stored some events itself.</summary>
    public JournalPosition Next(IReadOnlyCollection<CallEvent> stored) =>
        new(Steps + 1, Events + stored.Count, Latest(stored, Newest));

    private static DateTimeOffset Latest(IEnumerable<CallEvent> events, DateTimeOffset least) =>
        events.Select(e => e.At).Append(least).Max();

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
