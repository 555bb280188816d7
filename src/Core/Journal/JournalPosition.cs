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
    private const int MostListed = JournalCommit.MaxSeen * JournalCommit.MaxListings;
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
    /// had seen. If the number of older events has changed, one of them came in late, and nothing tells which: then all are listed. Of more
    /// than one write can list, the oldest; the rest is left to the step after it.
    /// </summary>
    /// <returns>The keys, and the position that a reader has who saw them and what was listed before.</returns>
    public (IReadOnlyList<string> Keys, JournalPosition Position) Seeing(IReadOnlyDictionary<string, CallEvent> seen)
    {
        var isLate = seen.Values.Count(e => e.At <= Newest) != Events;
        var listed = isLate ? Start with { Steps = Steps } : this;
        var unlisted = Oldest([.. seen.Where(e => e.Value.At > listed.Newest).OrderBy(e => e.Value.At)]);
        var newest = unlisted is [.., var last] ? last.Value.At : listed.Newest;
        return ([.. unlisted.Select(e => e.Key)], new JournalPosition(Steps, listed.Events + unlisted.Count, newest));
    }

    /// <summary>Some steps more, which stored some events themselves.</summary>
    public JournalPosition Next(int steps, IReadOnlyCollection<CallEvent> stored) =>
        new(Steps + steps, Events + stored.Count, stored.Select(e => e.At).Append(Newest).Max());

    /// <summary>As many as one write can list, cut where the time changes: the newest time says which were listed.</summary>
    private static List<KeyValuePair<string, CallEvent>> Oldest(List<KeyValuePair<string, CallEvent>> events) =>
        events.Count <= MostListed ? events
        : events.Take(MostListed).Where(e => e.Value.At < events[MostListed].Value.At).ToList() is { Count: > 0 } cut ? cut
        : events[..MostListed];

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
