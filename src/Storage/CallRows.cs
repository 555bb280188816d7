using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
    /// <summary>The call's record and the fence that every step must pass.</summary>
    public const string Header = "call";

    /// <summary>From when on the story is kept for the record only.</summary>
    public const string Kept = "kept";

    /// <summary>Before the name of an index in which the call stands.</summary>
    public const string MarkPrefix = "i:";

    /// <summary>The mark of a call that is listed as open; all other marks name a room's partition.</summary>
    public const string OpenMark = $"{MarkPrefix}open";

    /// <summary>Who wrote a row, so that a writer whose answer was lost knows its own.</summary>
    public const string Owner = "owner";

    /// <summary>The column that holds a moment.</summary>
    public const string At = "at";

    /// <summary>The column that names the version of the row among the open calls which a closing takes away last.</summary>
    public const string Unlists = "unlists";

    /// <summary>The column of a room's row that names the call.</summary>
    public const string CallIdColumn = "callId";

    private const string EventPrefix = "e:";
    private const string ClaimPrefix = "x:";
    private const string HashedPrefix = "h-";
    private const int LongestPlainKey = 200;

    // A string column holds 32 K characters.
    private const int LongestColumn = 32_000;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:,");

    public static TableEntity Of(CallId callId, CallEvent callEvent, string owner)
    {
        var row = new TableEntity(callId.Value, KeyOf(EventPrefix, callEvent.Id)) { [Owner] = owner };
        return Written(row, callEvent, CallJson.Default.CallEvent);
    }

    public static TableEntity Of(CallId callId, EffectClaim claim) =>
        Written(new TableEntity(callId.Value, KeyOf(ClaimPrefix, claim.Key)), claim, CallJson.Default.EffectClaim);

    /// <summary>The record without the provider's own words, which its event holds already.</summary>
    public static TableEntity Of(CallId callId, CallRecord record, string owners) =>
        Written(new TableEntity(callId.Value, Header) { [Owner] = owners }, record with { Raw = null }, CallJson.Default.CallRecord);

    public static TableEntity KeptFrom(CallId callId, DateTimeOffset at, string owner) => new(callId.Value, Kept) { [At] = at, [Owner] = owner };

    /// <summary>One row per open call, in 32 partitions that one range holds.</summary>
    public static TableEntity Open(CallId callId, DateTimeOffset at) => new($"open-{callId.Value[0]}", callId.Value) { [At] = at };

    /// <summary>One row per call of a room, the newest first.</summary>
    public static TableEntity Room(CallId callId, string roomName, DateTimeOffset at)
    {
        var newestFirst = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.Ticks - at.UtcTicks:D19}-{callId.Value}");
        return new(RoomPartition(roomName), newestFirst) { [CallIdColumn] = callId.Value };
    }

    public static string RoomPartition(string roomName) => $"room-{Hash(roomName)}";

    /// <summary>One row per call whose story is kept for the record since that day.</summary>
    public static TableEntity Day(CallId callId, DateTimeOffset at) => new(DayPartition(at), callId.Value) { [At] = at };

    public static string DayPartition(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"day-{at.UtcDateTime:yyyyMMdd}");

    public static CallStory Story(CallId callId, IReadOnlyList<TableEntity> rows)
    {
        var events = rows.Where(r => r.RowKey.StartsWith(EventPrefix, StringComparison.Ordinal)).Select(r => Read(r, CallJson.Default.CallEvent));
        var claims = rows.Where(r => r.RowKey.StartsWith(ClaimPrefix, StringComparison.Ordinal)).Select(r => Read(r, CallJson.Default.EffectClaim));
        return new CallStory(callId, StoryVersion.Of(rows).ToString(), [.. events], [.. claims]);
    }

    /// <summary>The id itself where it is a good key; otherwise, and where it could be taken for one, its hash.</summary>
    private static string KeyOf(string prefix, string id)
    {
        var isPlain = id.Length <= LongestPlainKey && !id.AsSpan().ContainsAnyExcept(KeyCharacters) && !id.StartsWith(HashedPrefix, StringComparison.Ordinal);
        return isPlain ? prefix + id : prefix + HashedPrefix + Hash(id);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The JSON is ASCII (everything else is escaped), so it may be cut anywhere.</summary>
    private static TableEntity Written<T>(TableEntity row, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.Serialize(value, type);
        row["v"] = 1;
        for (var part = 0; part * LongestColumn < json.Length; part++)
        {
            row[DataColumn(part)] = json.Substring(part * LongestColumn, Math.Min(LongestColumn, json.Length - part * LongestColumn));
        }

        return row;
    }

    private static T Read<T>(TableEntity row, JsonTypeInfo<T> type)
    {
        var json = row.GetString(DataColumn(0));
        for (var part = 1; row.GetString(DataColumn(part)) is { } more; part++)
        {
            json += more;
        }

        return JsonSerializer.Deserialize(json, type) ?? throw new InvalidOperationException("A row of the journal holds no value.");
    }

    private static string DataColumn(int part) => part == 0 ? "data" : string.Create(CultureInfo.InvariantCulture, $"data{part}");
}
