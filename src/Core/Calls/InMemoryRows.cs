using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VoiceFunctions.Core.Calls;

/// <summary>A story in memory as a durable journal would have stored it, its chain included.</summary>
internal static class InMemoryRows
{
    public static IReadOnlyList<StoredRow> Of(InMemoryStory story)
    {
        var rows = new List<StoredRow>(Marks(story));
        rows.AddRange(story.Heard.Select(EventRow));
        rows.AddRange(story.Claims.Values.Select(ClaimRow));
        rows.AddRange(story.Duplicates.Select((again, i) => Hashed(new StoredRow(
            string.Create(CultureInfo.InvariantCulture, $"{StoryRows.DuplicatePrefix}{again.Id}:{i:x}"),
            new Dictionary<string, string> { [StoryRows.SeenColumn] = StoryRows.Moment(again.At) }))));
        rows.AddRange(Chain(story));
        return rows;
    }

    /// <summary>The steps' rows, and the header that holds the chain's end.</summary>
    private static IEnumerable<StoredRow> Chain(InMemoryStory story)
    {
        var chain = StoryChain.Empty;
        StoredRow? header = null;
        foreach (var (seen, change, at) in story.Steps)
        {
            List<RowSeal> events = [.. story.Heard.Take(seen).Concat(change.Events).Select(EventRow).Select(row => row.Seal()).Where(row => !chain.Seals(row.Hash))];
            header = Row(StoryRows.Header, change.Record with { Raw = null }, CallJson.Default.CallRecord);
            var step = chain.Next(at, change, [.. events, .. change.Claims.Select(claim => ClaimRow(claim).Seal()), header.Seal()]);
            var row = Hashed(Row(StoryRows.StepKey(step.Number), step, CallJson.Default.CallStep));
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
            ? new StoredRow(StoryRows.OpenMark, new Dictionary<string, string>())
            : Hashed(new StoredRow(StoryRows.Kept, new Dictionary<string, string> { [StoryRows.AtColumn] = StoryRows.Moment(story.KeptFrom) }));
        foreach (var room in story.Rooms.Keys)
        {
            yield return new StoredRow(StoryRows.RoomMark(room), new Dictionary<string, string>());
        }
    }

    private static StoredRow EventRow(CallEvent callEvent) => Hashed(Row(StoryRows.EventPrefix + callEvent.Id, callEvent, CallJson.Default.CallEvent));

    private static StoredRow ClaimRow(EffectClaim claim) => Row(StoryRows.ClaimPrefix + claim.Key, claim, CallJson.Default.EffectClaim);

    private static StoredRow Row<T>(string key, T value, JsonTypeInfo<T> type) =>
        new(key, new Dictionary<string, string> { [StoryRows.DataColumn] = JsonSerializer.Serialize(value, type) });

    private static StoredRow Hashed(StoredRow row) => row with { Columns = new Dictionary<string, string>(row.Columns) { [StoryRows.HashColumn] = row.Hash() } };
}
