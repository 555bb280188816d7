using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Storage;

/// <summary>
/// How the journal lies in its table. A call's partition is its id; beside the calls lie four indexes, in partitions that no call id can
/// name: <c>open-…</c>, <c>room-…</c>, <c>day-…</c> and <c>list-…</c>; and the tenants' keys, <c>keys-…</c>. Room names may hold phone
/// numbers, so only their hashes are keys.
/// </summary>
internal static class CallRows
{
    /// <summary>Who wrote a row, so that a writer whose answer was lost knows its own.</summary>
    public const string Owner = "owner";

    /// <summary>The column that names the version of the row among the open calls which a closing takes away last.</summary>
    public const string Unlists = "unlists";

    /// <summary>The column of a room's row that names the call.</summary>
    public const string CallIdColumn = "callId";

    private const int LongestNonce = 3;

    public static TableEntity Of(CallId callId, CallEvent callEvent, string owner)
    {
        var row = new TableEntity(callId.Value, JournalRowKeys.EventKey(callEvent.Id)) { [Owner] = owner };
        return Written(row, callEvent, JournalJson.Default.CallEvent);
    }

    public static TableEntity Of(CallId callId, EffectClaim claim) =>
        Written(new TableEntity(callId.Value, JournalRowKeys.ClaimKey(claim.Key)), claim, JournalJson.Default.EffectClaim);

    /// <summary>The record without the provider's own words, which its event holds already.</summary>
    public static TableEntity Of(CallId callId, CallDetailRecord record, string owners) =>
        Written(
            new TableEntity(callId.Value, JournalRowKeys.Header) { [Owner] = owners },
            record with { Raw = null },
            JournalJson.Default.CallDetailRecord);

    /// <summary>A step is written once; that it may replace a row is for what a purge that died midway left there.</summary>
    public static TableEntity Of(CallId callId, JournalCommit step) =>
        Written(new TableEntity(callId.Value, JournalRowKeys.StepKey(step.Number)), step, JournalJson.Default.JournalCommit);

    /// <summary>A note that an event came again. An event has 4,096 places for them, so that no flood fills the partition.</summary>
    public static TableEntity Again(TableEntity row, DateTimeOffset at, string owner)
    {
        var key = JournalRowKeys.DuplicateKey(row.RowKey, owner[..Math.Min(owner.Length, LongestNonce)]);
        return new TableEntity(row.PartitionKey, key) { [JournalRowKeys.SeenColumn] = at };
    }

    public static TableEntity KeptFrom(CallId callId, DateTimeOffset at, string owner) =>
        new(callId.Value, JournalRowKeys.Kept) { [JournalRowKeys.AtColumn] = at, [Owner] = owner };

    /// <summary>The same, written by a closing, which names the version of the row among the open calls that it takes away last.</summary>
    public static TableEntity ClosedAt(CallId callId, DateTimeOffset at, string owner, string unlists) =>
        new(callId.Value, JournalRowKeys.Kept) { [JournalRowKeys.AtColumn] = at, [Owner] = owner, [Unlists] = unlists };

    /// <summary>One row per open call, in 32 partitions that one range holds. One that is a call tells its place in the list.</summary>
    public static TableEntity Open(CallId callId, DateTimeOffset at, CallListing? listing = null)
    {
        var row = OpenKey(callId);
        row[JournalRowKeys.AtColumn] = at;
        return listing is null ? row : Placed(row, listing);
    }

    /// <summary>The rows of all open calls, with their places in the list.</summary>
    public static AsyncPageable<TableEntity> QueryOpenAsync(TableClient table, CancellationToken cancellationToken)
    {
        // '.' follows '-': the range holds the partitions of the open calls and nothing else.
        const string Filter = "PartitionKey ge 'open-' and PartitionKey lt 'open.'";
        string[] columns = ["RowKey", JournalRowKeys.SinceColumn, JournalRowKeys.TenantColumn];
        return table.QueryAsync<TableEntity>(Filter, select: columns, cancellationToken: cancellationToken);
    }

    /// <summary>The row of an open call without anything in it.</summary>
    public static TableEntity OpenKey(CallId callId) => new($"open-{callId.Value[0]}", callId.Value);

    /// <summary>The rows of a call in the list of all calls and, where a tenant asked for it, in that of the tenant.</summary>
    public static IEnumerable<TableEntity> Listed(CallId callId, CallListing listing)
    {
        string[] families = listing.Tenant is null ? [FamilyOf(null)] : [FamilyOf(null), FamilyOf(listing.Tenant)];
        return families.Select(family => Placed(
            new TableEntity(ListPartition(family, ListDay(listing.Since)), ListKey(listing.Since) + callId.Value), listing, callId));
    }

    /// <summary>The mark that a call is in the list, and where.</summary>
    public static TableEntity ListMark(CallId callId, CallListing listing) =>
        Placed(new TableEntity(callId.Value, JournalRowKeys.ListMark), listing);

    /// <summary>What a row of a call says of its place in the list; <c>null</c> for nothing.</summary>
    public static CallListing? ListingOf(TableEntity row) => row.GetDateTimeOffset(JournalRowKeys.SinceColumn) is { } since
        ? new CallListing(since, row.GetString(JournalRowKeys.TenantColumn) is { Length: > 0 } tenant ? tenant : null)
        : null;

    /// <summary>The lists: one of all calls, and one for each tenant that has a name, which may hold anything.</summary>
    public static string FamilyOf(string? tenant) => tenant is null ? "all" : $"of{JournalRowKeys.Sha256(tenant)}";

    /// <summary>The day of a moment, as a number.</summary>
    public static int ListDay(DateTimeOffset since) => DateOnly.FromDateTime(since.UtcDateTime).DayNumber;

    /// <summary>A day of a list. The later a day, the smaller its key, so that a range of days gives the newest first.</summary>
    public static string ListPartition(string family, int day) =>
        string.Create(CultureInfo.InvariantCulture, $"list-{family}-{DateOnly.MaxValue.DayNumber - day:D7}");

    /// <summary>What the row keys of the calls of that moment begin with; the later, the smaller.</summary>
    public static string ListKey(DateTimeOffset since) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - since.UtcTicks:D19}-");

    /// <summary>The record that a header row holds.</summary>
    public static CallDetailRecord RecordOf(TableEntity header) => Read(header, JournalJson.Default.CallDetailRecord);

    /// <summary>One row per call of a room, the newest first.</summary>
    public static TableEntity Room(CallId callId, string roomName, DateTimeOffset at)
    {
        var newestFirst = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.Ticks - at.UtcTicks:D19}-{callId.Value}");
        return new(JournalRowKeys.RoomIndex(roomName), newestFirst) { [CallIdColumn] = callId.Value };
    }

    /// <summary>One row per call whose history is kept for the record since that day.</summary>
    public static TableEntity Day(CallId callId, DateTimeOffset at) =>
        new(DayPartition(at), callId.Value) { [JournalRowKeys.AtColumn] = at };

    public static string DayPartition(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"day-{at.UtcDateTime:yyyyMMdd}");

    public static CallHistory History(CallId callId, IReadOnlyList<TableEntity> rows)
    {
        var events = Of(JournalRowKeys.EventPrefix).ToDictionary(r => r.RowKey, r => Read(r, JournalJson.Default.CallEvent));
        var claims = Of(JournalRowKeys.ClaimPrefix).Select(r => Read(r, JournalJson.Default.EffectClaim));
        var header = rows.FirstOrDefault(r => r.RowKey == JournalRowKeys.Header);
        var listing = rows.FirstOrDefault(r => r.RowKey == JournalRowKeys.ListMark) is { } mark ? ListingOf(mark) : null;
        var version = rows.Count == 0 ? HistoryVersion.Nothing : HistoryVersion.Of(header, events, listing?.Since);
        return new CallHistory(callId, version.ToString(), [.. events.Values], [.. claims]);

        IEnumerable<TableEntity> Of(string prefix) => rows.Where(r => r.RowKey.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The row as proofs see it: what this journal wrote, without what the store adds.</summary>
    public static StoredRow Stored(TableEntity row) => new(
        row.RowKey,
        row
            .Where(column => column.Key is not ("odata.etag" or "odata.metadata" or "Timestamp" or "PartitionKey" or "RowKey"))
            .ToDictionary(column => column.Key, column => TextOf(column.Value)));

    private static string TextOf(object value) => value switch
    {
        string text => text,
        DateTimeOffset at => JournalRowKeys.Moment(at),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"),
    };

    /// <summary>A row that tells a call's place in the list.</summary>
    public static TableEntity Placed(TableEntity row, CallListing listing, CallId? callId = null)
    {
        row[JournalRowKeys.SinceColumn] = listing.Since;
        row[JournalRowKeys.TenantColumn] = listing.Tenant ?? "";
        if (callId is not null)
        {
            row[CallIdColumn] = callId.Value;
        }

        return row;
    }

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
        JsonSerializer.Deserialize(ChunkedText.Join(JournalRowKeys.DataColumn, row.GetString)!, type)
        ?? throw new InvalidOperationException("A row of the journal holds no value.");
}
