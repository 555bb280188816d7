using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Journal.InMemory;

/// <summary>A history in memory as a durable journal would have stored it.</summary>
internal static class InMemoryRows
{
    public static IReadOnlyList<StoredRow> Of(InMemoryHistory history) =>
    [
        .. Marks(history),
        .. history.Contents.Heard.Select(e => Row(KeyOf(e), e, JournalJson.Default.CallEvent)),
        .. history.Contents.Claims.Values.Select(claim => Row(JournalRowKeys.ClaimKey(claim.Key), claim, JournalJson.Default.EffectClaim)),
        .. history.Contents.Duplicates.Select((again, i) => new StoredRow(
            JournalRowKeys.DuplicateKey(JournalRowKeys.EventKey(again.Id), i.ToString("x", CultureInfo.InvariantCulture)),
            new Dictionary<string, string> { [JournalRowKeys.SeenColumn] = JournalRowKeys.Moment(again.At) })),
        .. Steps(history),
    ];

    /// <summary>The steps' rows, and the header.</summary>
    private static IEnumerable<StoredRow> Steps(InMemoryHistory history)
    {
        if (history.Record is not { } newest)
        {
            yield break;
        }

        var position = JournalPosition.Start;
        foreach (var taken in history.Contents.Steps)
        {
            var change = new JournalChange(taken.Claims, newest)
            {
                Events = taken.Events,
                Decision = taken.Decision,
                IsJoined = taken.IsJoined,
            };
            var (unlisted, seeing) = position.Seeing(history.Contents.Heard.Take(taken.Seen).ToDictionary(KeyOf));
            var steps = JournalCommit.Of(position.Steps, taken.At, change, unlisted);
            position = seeing.Next(steps.Count, change.Events);
            foreach (var step in steps)
            {
                yield return Row(JournalRowKeys.StepKey(step.Number), step, JournalJson.Default.JournalCommit);
            }
        }

        var record = Row(JournalRowKeys.Header, newest with { Raw = null }, JournalJson.Default.CallDetailRecord);
        var since = history.Listing is { } listing
            ? [new KeyValuePair<string, string>(JournalRowKeys.SinceColumn, JournalRowKeys.Moment(listing.Since))]
            : Array.Empty<KeyValuePair<string, string>>();
        yield return record with { Columns = new Dictionary<string, string>([.. record.Columns, .. position.Columns, .. since]) };
    }

    private static IEnumerable<StoredRow> Marks(InMemoryHistory history)
    {
        yield return history.IsOpen
            ? new StoredRow(JournalRowKeys.OpenMark, new Dictionary<string, string>())
            : new StoredRow(
                JournalRowKeys.Kept,
                new Dictionary<string, string> { [JournalRowKeys.AtColumn] = JournalRowKeys.Moment(history.KeptFrom) });
        if (history.Listing is { } listing)
        {
            yield return new StoredRow(JournalRowKeys.ListMark, new Dictionary<string, string>
            {
                [JournalRowKeys.SinceColumn] = JournalRowKeys.Moment(listing.Since),
                [JournalRowKeys.TenantColumn] = listing.Tenant ?? "",
            });
        }

        foreach (var room in history.Rooms.Keys)
        {
            yield return new StoredRow(JournalRowKeys.RoomMark(room), new Dictionary<string, string>());
        }
    }

    private static string KeyOf(CallEvent callEvent) => JournalRowKeys.EventKey(callEvent.Id);

    private static StoredRow Row<T>(string key, T value, JsonTypeInfo<T> type) =>
        new(key, new Dictionary<string, string> { [JournalRowKeys.DataColumn] = JsonSerializer.Serialize(value, type) });
}
