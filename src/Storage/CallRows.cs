using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Storage;

/// <summary>
/// How the journal lies in its table. A call's partition is its id; beside the calls lie three indexes, in partitions that no call id can name: <c>open-…</c>,
/// <c>room-…</c> and <c>day-…</c>. Room names may hold phone numbers, so only their hashes are keys.
/// </summary>
internal static class CallRows
{
    /// <summary>Who wrote a row, so that a writer whose answer was lost knows its own.</summary>
    public const string Owner = "owner";

    /// <summary>The column that names the version of the row among the open calls which a closing takes away last.</summary>
    public const string Unlists = "unlists";

    /// <summary>The column of a room's row that names the call.</summary>
    public const string CallIdColumn = "callId";

    private const string HashedPrefix = "h-";
    private const int LongestPlainKey = 200;
    private const int LongestNonce = 3;
    private const int HashLength = 64;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:,");

    public static TableEntity Of(CallId callId, CallEvent callEvent, string owner)
    {
        var row = new TableEntity(callId.Value, KeyOf(StoryRows.EventPrefix, callEvent.Id)) { [Owner] = owner };
        return Hashed(Written(row, callEvent, CallJson.Default.CallEvent));
    }

    public static TableEntity Of(CallId callId, EffectClaim claim) =>
        Written(new TableEntity(callId.Value, KeyOf(StoryRows.ClaimPrefix, claim.Key)), claim, CallJson.Default.EffectClaim);

    /// <summary>The record without the provider's own words, which its event holds already.</summary>
    public static TableEntity Of(CallId callId, CallRecord record, string owners) =>
        Written(new TableEntity(callId.Value, StoryRows.Header) { [Owner] = owners }, record with { Raw = null }, CallJson.Default.CallRecord);

    /// <summary>A step is written once; that it may replace a row is for what a purge that died midway left there.</summary>
    public static TableEntity Of(CallId callId, CallStep step) =>
        Hashed(Written(new TableEntity(callId.Value, StoryRows.StepKey(step.Number)), step, CallJson.Default.CallStep));

    /// <summary>A note that an event came again. An event has 4,096 places for them, so that no flood fills the partition.</summary>
    public static TableEntity Again(TableEntity row, DateTimeOffset at, string owner)
    {
        var key = $"{StoryRows.DuplicatePrefix}{row.RowKey[StoryRows.EventPrefix.Length..]}:{owner[..Math.Min(owner.Length, LongestNonce)]}";
        return Hashed(new TableEntity(row.PartitionKey, key) { [StoryRows.SeenColumn] = at });
    }

    public static TableEntity KeptFrom(CallId callId, DateTimeOffset at, string owner) => Hashed(new(callId.Value, StoryRows.Kept) { [StoryRows.AtColumn] = at, [Owner] = owner });

    /// <summary>The same, written by a closing, which names the version of the row among the open calls that it takes away last.</summary>
    public static TableEntity ClosedAt(CallId callId, DateTimeOffset at, string owner, string unlists) =>
        Hashed(new(callId.Value, StoryRows.Kept) { [StoryRows.AtColumn] = at, [Owner] = owner, [Unlists] = unlists });

    /// <summary>One row per open call, in 32 partitions that one range holds.</summary>
    public static TableEntity Open(CallId callId, DateTimeOffset at) => new($"open-{callId.Value[0]}", callId.Value) { [StoryRows.AtColumn] = at };

    /// <summary>One row per call of a room, the newest first.</summary>
    public static TableEntity Room(CallId callId, string roomName, DateTimeOffset at)
    {
        var newestFirst = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.Ticks - at.UtcTicks:D19}-{callId.Value}");
        return new(StoryRows.RoomIndex(roomName), newestFirst) { [CallIdColumn] = callId.Value };
    }

    /// <summary>One row per call whose story is kept for the record since that day.</summary>
    public static TableEntity Day(CallId callId, DateTimeOffset at) => new(DayPartition(at), callId.Value) { [StoryRows.AtColumn] = at };

    public static string DayPartition(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"day-{at.UtcDateTime:yyyyMMdd}");

    public static CallStory Story(CallId callId, IReadOnlyList<TableEntity> rows)
    {
        var events = rows.Where(r => r.RowKey.StartsWith(StoryRows.EventPrefix, StringComparison.Ordinal)).Select(r => Read(r, CallJson.Default.CallEvent));
        var claims = rows.Where(r => r.RowKey.StartsWith(StoryRows.ClaimPrefix, StringComparison.Ordinal)).Select(r => Read(r, CallJson.Default.EffectClaim));
        return new CallStory(callId, StoryVersion.Of(rows).ToString(), [.. events], [.. claims]);
    }

    /// <summary>The id itself where it is a good key; otherwise, and where it could be taken for one, its hash.</summary>
    private static string KeyOf(string prefix, string id)
    {
        var isPlain = id.Length <= LongestPlainKey && !id.AsSpan().ContainsAnyExcept(KeyCharacters) && !id.StartsWith(HashedPrefix, StringComparison.Ordinal);
        return isPlain ? prefix + id : prefix + HashedPrefix + StoryRows.Sha256(id);
    }

    /// <summary>The row as proofs see it: what this journal wrote, without what the store adds.</summary>
    public static StoredRow Stored(TableEntity row) => new(
        row.RowKey,
        row.Where(column => column.Key is not ("odata.etag" or "odata.metadata" or "Timestamp" or "PartitionKey" or "RowKey")).ToDictionary(column => column.Key, column => TextOf(column.Value)));

    /// <summary>The row's seal; of an event, the one that was written with it.</summary>
    public static RowSeal Seal(TableEntity row) =>
        row.TryGetValue(StoryRows.HashColumn, out var hash) && hash is string { Length: HashLength } written ? new(row.RowKey, written) : Stored(row).Seal();

    private static TableEntity Hashed(TableEntity row)
    {
        row[StoryRows.HashColumn] = Stored(row).Hash();
        return row;
    }

    private static string TextOf(object value) => value switch
    {
        string text => text,
        DateTimeOffset at => StoryRows.Moment(at),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"),
    };

    /// <summary>The JSON is ASCII: everything else is escaped.</summary>
    private static TableEntity Written<T>(TableEntity row, T value, JsonTypeInfo<T> type)
    {
        row["v"] = 1;
        foreach (var (column, part) in LongText.Split(StoryRows.DataColumn, JsonSerializer.Serialize(value, type)))
        {
            row[column] = part;
        }

        return row;
    }

    private static T Read<T>(TableEntity row, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(LongText.Join(StoryRows.DataColumn, row.GetString)!, type) ?? throw new InvalidOperationException("A row of the journal holds no value.");
}
