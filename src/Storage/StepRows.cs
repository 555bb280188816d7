using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Storage;

/// <summary>The rows of one write: the header that fences it, what its steps write, and the record of each step itself.</summary>
internal static class StepRows
{
    /// <returns>
    /// The header's row, the actions, of which its own is the first, and the version after the step without the ETag.
    /// </returns>
    public static (TableEntity Header, List<TableTransactionAction> Actions, HistoryVersion After) Of(
        CallId callId, HistoryVersion read, JournalChange change, string owner, DateTimeOffset now)
    {
        TableEntity[] events = [.. change.Events.Select(e => CallRows.Of(callId, e, owner))];
        var claims = change.Steps.SelectMany(step => step.Claims).GroupBy(claim => claim.Key, (_, same) => same.Last());
        var steps = JournalCommit.Of(read.Position.Steps, now, change, read.Unlisted);
        var header = CallRows.Of(callId, change.Record, read.OwnersAfter(owner));
        var position = read.Position.Next(steps.Count, change.Events);
        foreach (var (column, text) in position.Columns)
        {
            header[column] = text;
        }

        // Of two rows in the list the header's counts.
        var since = read.Since ?? CallListing.Of(change.Events)?.Since;
        if (since is not null)
        {
            header[JournalRowKeys.SinceColumn] = since;
        }

        return (header,
        [
            read.ETag is null
                ? new(TableTransactionActionType.Add, header)
                : new(TableTransactionActionType.UpdateReplace, header, new ETag(read.ETag)),
            .. claims.Select(c => new TableTransactionAction(TableTransactionActionType.UpsertReplace, CallRows.Of(callId, c))),
            .. events.Select(e => new TableTransactionAction(TableTransactionActionType.Add, e)),
            .. steps.Select(step => new TableTransactionAction(TableTransactionActionType.UpsertReplace, CallRows.Of(callId, step))),
        ],
        new HistoryVersion(null, header.GetString(CallRows.Owner), true, position, [], since));
    }
}
