using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

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
        var row = new TableEntity(callId.Value, KeyOf(JournalRowKeys.EventPrefix, callEvent.Id)) { [Owner] = owner };
        return Hashed(Written(row, callEvent, JournalJson.Default.CallEvent));
    }

    public static TableEntity Of(CallId callId, EffectClaim claim) =>
        Written(new TableEntity(callId.Value, KeyOf(JournalRowKeys.ClaimPrefix, claim.Key)), claim, JournalJson.Default.EffectClaim);

    /// <summary>The record without the provider's own words, which its event holds already.</summary>
    public static TableEntity Of(CallId callId, CallDetailRecord record, string owners) =>
        Written(new TableEntity(callId.Value, JournalRowKeys.Header) { [Owner] = owners }, record with { Raw = null }, JournalJson.Default.CallDetailRecord);

    /// <summary>A step is written once; that it may replace a row is for what a purge that died midway left there.</summary>
    public static TableEntity Of(CallId callId, JournalCommit step) =>
        Hashed(Written(new TableEntity(callId.Value, JournalRowKeys.StepKey(step.Number)), step, JournalJson.Default.JournalCommit));

    /// <summary>A note that an event came again. An event has 4,096 places for them, so that no flood fills the partition.</summary>
    public static TableEntity Again(TableEntity row, DateTimeOffset at, string owner)
    {
        var key = $"{JournalRowKeys.DuplicatePrefix}{row.RowKey[JournalRowKeys.EventPrefix.Length..]}:{owner[..Math.Min(owner.Length, LongestNonce)]}";
        return Hashed(new TableEntity(row.PartitionKey, key) { [JournalRowKeys.SeenColumn] = at });
    }

    public static TableEntity KeptFrom(CallId callId, DateTimeOffset at, string owner) => Hashed(new(callId.Value, JournalRowKeys.Kept) { [JournalRowKeys.AtColumn] = at, [Owner] = owner });

    /// <summary>The same, written by a closing, which names the version of the row among the open calls that it takes away last.</summary>
    public static TableEntity ClosedAt(CallId callId, DateTimeOffset at, string owner, string unlists) =>
        Hashed(new(callId.Value, JournalRowKeys.Kept) { [JournalRowKeys.AtColumn] = at, [Owner] = owner, [Unlists] = unlists });

    /// <summary>One row per open call, in 32 partitions that one range holds.</summary>
    public static TableEntity Open(CallId callId, DateTimeOffset at) => new($"open-{callId.Value[0]}", callId.Value) { [JournalRowKeys.AtColumn] = at };

    /// <summary>One row per call of a room, the newest first.</summary>
    public static TableEntity Room(CallId callId, string roomName, DateTimeOffset at)
    {
        var newestFirst = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.Ticks - at.UtcTicks:D19}-{callId.Value}");
        return new(JournalRowKeys.RoomIndex(roomName), newestFirst) { [CallIdColumn] = callId.Value };
    }

    /// <summary>One row per call whose story is kept for the record since that day.</summary>
    public static TableEntity Day(CallId callId, DateTimeOffset at) => new(DayPartition(at), callId.Value) { [JournalRowKeys.AtColumn] = at };

    public static string DayPartition(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"day-{at.UtcDateTime:yyyyMMdd}");

    public static CallHistory Story(CallId callId, IReadOnlyList<TableEntity> rows)
    {
        var events = rows.Where(r => r.RowKey.StartsWith(JournalRowKeys.EventPrefix, StringComparison.Ordinal)).Select(r => Read(r, JournalJson.Default.CallEvent));
        var claims = rows.Where(r => r.RowKey.StartsWith(JournalRowKeys.ClaimPrefix, StringComparison.Ordinal)).Select(r => Read(r, JournalJson.Default.EffectClaim));
        return new CallHistory(callId, StoryVersion.Of(rows).ToString(), [.. events], [.. claims]);
    }

    /// <summary>The id itself where it is a good key; otherwise, and where it could be taken for one, its hash.</summary>
    private static string KeyOf(string prefix, string id)
    {
        var isPlain = id.Length <= LongestPlainKey && !id.AsSpan().ContainsAnyExcept(KeyCharacters) && !id.StartsWith(HashedPrefix, StringComparison.Ordinal);
        return isPlain ? prefix + id : prefix + HashedPrefix + JournalRowKeys.Sha256(id);
    }

    /// <summary>The row as proofs see it: what this journal wrote, without what the store adds.</summary>
    public static StoredRow Stored(TableEntity row) => new(
        row.RowKey,
        row.Where(column => column.Key is not ("odata.etag" or "odata.metadata" or "Timestamp" or "PartitionKey" or "RowKey")).ToDictionary(column => column.Key, column => TextOf(column.Value)));

    /// <summary>The row's seal; of an event, the one that was written with it.</summary>
    public static SealedRow Seal(TableEntity row) =>
        row.TryGetValue(JournalRowKeys.HashColumn, out var hash) && hash is string { Length: HashLength } written ? new(row.RowKey, written) : Stored(row).Seal();

    private static TableEntity Hashed(TableEntity row)
    {
        row[JournalRowKeys.HashColumn] = Stored(row).Hash();
        return row;
    }

    private static string TextOf(object value) => value switch
    {
        string text => text,
        DateTimeOffset at => JournalRowKeys.Moment(at),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"),
    };

    /// <summary>The JSON is ASCII: everything else is escaped.</summary>
    private static TableEntity Written<T>(TableEntity row, T value, JsonTypeInfo<T> type)
    {
        row["v"] = 1;
        foreach (var (column, part) in ChunkedText.Split(JournalRowKeys.DataColumn, JsonSerializer.Serialize(value, type)))
        {
            row[column] = part;
        }

        return row;
    }

    private static T Read<T>(TableEntity row, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(ChunkedText.Join(JournalRowKeys.DataColumn, row.GetString)!, type) ?? throw new InvalidOperationException("A row of the journal holds no value.");
}
