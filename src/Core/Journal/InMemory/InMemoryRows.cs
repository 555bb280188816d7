using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Journal.InMemory;

/// <summary>A story in memory as a durable journal would have stored it, its chain included.</summary>
internal static class InMemoryRows
{
    public static IReadOnlyList<StoredRow> Of(InMemoryStory story)
    {
        var rows = new List<StoredRow>(Marks(story));
        rows.AddRange(story.Heard.Select(EventRow));
        rows.AddRange(story.Claims.Values.Select(ClaimRow));
        rows.AddRange(story.Duplicates.Select((again, i) => Hashed(new StoredRow(
            string.Create(CultureInfo.InvariantCulture, $"{JournalRowKeys.DuplicatePrefix}{again.Id}:{i:x}"),
            new Dictionary<string, string> { [JournalRowKeys.SeenColumn] = JournalRowKeys.Moment(again.At) }))));
        rows.AddRange(Chain(story));
        return rows;
    }

    /// <summary>The steps' rows, and the header that holds the chain's end.</summary>
    private static IEnumerable<StoredRow> Chain(InMemoryStory story)
    {
        var chain = HashChain.Empty;
        StoredRow? header = null;
        foreach (var (seen, change, at) in story.Steps)
        {
            List<SealedRow> events = [.. story.Heard.Take(seen).Concat(change.Events).Select(EventRow).Select(row => row.Seal()).Where(row => !chain.Seals(row.Hash))];
            header = Row(JournalRowKeys.Header, change.Record with { Raw = null }, JournalJson.Default.CallDetailRecord);
            var step = chain.Next(at, change, [.. events, .. change.Claims.Select(claim => ClaimRow(claim).Seal()), header.Seal()]);
            var row = Hashed(Row(JournalRowKeys.StepKey(step.Number), step, JournalJson.Default.JournalCommit));
            chain = chain.After(events, row);
            yield return row;
        }

        if (header is not null)
        {
            yield return header with { Columns = new Dictionary<string, string>(header.Columns.Concat(chain.Columns)) };
        }
    }

    private static IEnumerable<StoredRow> Marks(InMemoryStory story)
    {
        yield return story.IsOpen
            ? new StoredRow(JournalRowKeys.OpenMark, new Dictionary<string, string>())
            : Hashed(new StoredRow(JournalRowKeys.Kept, new Dictionary<string, string> { [JournalRowKeys.AtColumn] = JournalRowKeys.Moment(story.KeptFrom) }));
        foreach (var room in story.Rooms.Keys)
        {
            yield return new StoredRow(JournalRowKeys.RoomMark(room), new Dictionary<string, string>());
        }
    }

    private static StoredRow EventRow(CallEvent callEvent) => Hashed(Row(JournalRowKeys.EventPrefix + callEvent.Id, callEvent, JournalJson.Default.CallEvent));

    private static StoredRow ClaimRow(EffectClaim claim) => Row(JournalRowKeys.ClaimPrefix + claim.Key, claim, JournalJson.Default.EffectClaim);

    private static StoredRow Row<T>(string key, T value, JsonTypeInfo<T> type) =>
        new(key, new Dictionary<string, string> { [JournalRowKeys.DataColumn] = JsonSerializer.Serialize(value, type) });

    private static StoredRow Hashed(StoredRow row) => row with { Columns = new Dictionary<string, string>(row.Columns) { [JournalRowKeys.HashColumn] = row.Hash() } };
}
