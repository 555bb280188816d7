using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>The rows of one step: the header that fences it, what it writes, and its link of the chain.</summary>
internal static class StepRows
{
    public static (TableEntity Header, List<TableTransactionAction> Actions) Of(CallId callId, StoryVersion read, JournalChange change, string owner, DateTimeOffset now)
    {
        var header = CallRows.Of(callId, change.Record, read.OwnersAfter(owner));
        TableEntity[] claims = [.. change.Claims.Select(c => CallRows.Of(callId, c))];
        TableEntity[] events = [.. change.Events.Select(e => CallRows.Of(callId, e, owner))];
        SealedRow[] seen = [.. read.Unsealed, .. events.Select(CallRows.Seal)];
        var step = CallRows.Of(callId, read.Chain.Next(now, change, [.. seen, .. claims.Select(CallRows.Seal), CallRows.Seal(header)]));
        foreach (var (column, text) in read.Chain.After(seen, CallRows.Stored(step)).Columns)
        {
            header[column] = text;
        }

        return (header,
        [
            read.ETag is null ? new(TableTransactionActionType.Add, header) : new(TableTransactionActionType.UpdateReplace, header, new ETag(read.ETag)),
            .. claims.Select(c => new TableTransactionAction(TableTransactionActionType.UpsertReplace, c)),
            .. events.Select(e => new TableTransactionAction(TableTransactionActionType.Add, e)),
            new(TableTransactionActionType.UpsertReplace, step),
        ]);
    }
}
