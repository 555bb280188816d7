using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>The rows of one step: the header that fences it, what it writes, and the record of the step itself.</summary>
internal static class StepRows
{
    public static (TableEntity Header, List<TableTransactionAction> Actions) Of(
        CallId callId, HistoryVersion read, JournalChange change, string owner, DateTimeOffset now)
    {
        var header = CallRows.Of(callId, change.Record, read.OwnersAfter(owner));
        var position = read.Position.Next(change.Events);
        foreach (var (column, text) in position.Columns)
        {
            header[column] = text;
        }

        TableEntity[] events = [.. change.Events.Select(e => CallRows.Of(callId, e, owner))];
        string[] seen = [.. read.Unlisted, .. events.Select(e => e.RowKey)];
        var step = new JournalCommit(position.Steps, now, change.Claims, seen) { Decision = change.Decision };
        return (header,
        [
            read.ETag is null
                ? new(TableTransactionActionType.Add, header)
                : new(TableTransactionActionType.UpdateReplace, header, new ETag(read.ETag)),
            .. change.Claims.Select(c => new TableTransactionAction(TableTransactionActionType.UpsertReplace, CallRows.Of(callId, c))),
            .. events.Select(e => new TableTransactionAction(TableTransactionActionType.Add, e)),
            new(TableTransactionActionType.UpsertReplace, CallRows.Of(callId, step)),
        ]);
    }
}
