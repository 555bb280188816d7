using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Bench;

/// <summary>The same rows without hashes: a step names the events that it was the first to see by their keys alone.</summary>
internal sealed class PlainRows(RecordedCall call) : IRows
{
    private int steps;

    public TableEntity Append(CallEvent callEvent) =>
        Written(new TableEntity(call.CallId.Value, JournalRowKeys.EventPrefix + callEvent.Id) { [CallRows.Owner] = Call.Owner }, callEvent, JournalJson.Default.CallEvent);

    public IReadOnlyList<TableEntity> Commit(RecordedStep step)
    {
        steps++;
        var change = step.Change;
        var header = CallRows.Of(call.CallId, change.Record, Call.Owners);
        header["steps"] = steps.ToString(CultureInfo.InvariantCulture);
        header["events"] = "17";
        header["newest"] = JournalRowKeys.Moment(step.Commit.At);
        string[] seen = [.. step.Seen.Concat(change.Events).Select(e => JournalRowKeys.EventPrefix + e.Id)];
        var commit = new PlainCommit(steps, step.Commit.At, change.Claims, seen, change.Decision);
        return
        [
            header,
            .. change.Claims.Select(claim => CallRows.Of(call.CallId, claim)),
            .. change.Events.Select(Append),
            Written(new TableEntity(call.CallId.Value, JournalRowKeys.StepKey(steps)), commit, PlainJson.Default.PlainCommit),
        ];
    }

    public object Read(IReadOnlyList<TableEntity> rows)
    {
        CallEvent[] events = [.. rows.Where(row => row.RowKey.StartsWith(JournalRowKeys.EventPrefix, StringComparison.Ordinal)).Select(row => Read(row, JournalJson.Default.CallEvent))];
        EffectClaim[] claims = [.. rows.Where(row => row.RowKey.StartsWith(JournalRowKeys.ClaimPrefix, StringComparison.Ordinal)).Select(row => Read(row, JournalJson.Default.EffectClaim))];
        return new CallHistory(call.CallId, string.Join('\n', Call.ETag, Call.Owners, "17", JournalRowKeys.Moment(events[0].At)), events, claims);
    }

    private static T Read<T>(TableEntity row, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(ChunkedText.Join(JournalRowKeys.DataColumn, row.GetString)!, type)!;

    private static TableEntity Written<T>(TableEntity row, T value, JsonTypeInfo<T> type)
    {
        row["v"] = 1;
        foreach (var (column, part) in ChunkedText.Split(JournalRowKeys.DataColumn, JsonSerializer.Serialize(value, type)))
        {
            row[column] = part;
        }

        return row;
    }
}
