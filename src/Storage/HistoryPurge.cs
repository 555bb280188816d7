using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>Deletes old histories, day by day. A purge that dies midway is finished by the next one: the day's row goes last.</summary>
internal sealed class HistoryPurge(TableClient table)
{
    private const int LargestTransaction = 100;

    public async Task<int> RunAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var purged = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {"day-"} and PartitionKey le {CallRows.DayPartition(before)}");
        await foreach (var day in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (day.GetDateTimeOffset(JournalRowKeys.AtColumn) < before && await PurgeAsync(day, before, cancellationToken))
            {
                purged++;
            }
        }

        return purged;
    }

    private async Task<bool> PurgeAsync(TableEntity day, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {day.RowKey}");
        string[] columns =
            ["PartitionKey", "RowKey", JournalRowKeys.AtColumn, JournalRowKeys.SinceColumn, JournalRowKeys.TenantColumn];
        var rows = await table
            .QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        var isNeeded = rows.Any(r => r.RowKey == JournalRowKeys.OpenMark || r.GetDateTimeOffset(JournalRowKeys.AtColumn) >= before);
        if (!isNeeded && !await DeleteHistoryAsync(rows, day.RowKey, cancellationToken))
        {
            return false;
        }

        // A call that is open, or was closed again later, has or will have the row of another day.
        await table.DeleteUnchangedAsync(day, cancellationToken);
        return !isNeeded && rows.Count > 0;
    }

    /// <summary>
    /// Deletes the rooms' rows, then the history: first the row that tells its age, so that nothing goes if somebody
    /// closed the call again meanwhile.
    /// </summary>
    private async Task<bool> DeleteHistoryAsync(List<TableEntity> rows, string callId, CancellationToken cancellationToken)
    {
        foreach (var mark in rows.Where(r => r.RowKey.StartsWith(JournalRowKeys.MarkPrefix, StringComparison.Ordinal)))
        {
            await (mark.RowKey == JournalRowKeys.ListMark
                ? DeleteListRowsAsync(mark, callId, cancellationToken)
                : DeleteRoomRowsAsync(mark.RowKey[JournalRowKeys.MarkPrefix.Length..], callId, cancellationToken));
        }

        foreach (var batch in rows.OrderByDescending(r => r.RowKey == JournalRowKeys.Kept).Chunk(LargestTransaction))
        {
            var refusal = await table.SubmitAsync([.. batch.Select(Delete)], cancellationToken);
            if (refusal is not null)
            {
                return false;
            }
        }

        return true;
    }

    private async Task DeleteListRowsAsync(TableEntity mark, string callId, CancellationToken cancellationToken)
    {
        if (CallRows.ListingOf(mark) is { } listing && CallId.TryParse(callId, out var listed))
        {
            foreach (var row in CallRows.Listed(listed, listing))
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            }
        }
    }

    private async Task DeleteRoomRowsAsync(string roomPartition, string callId, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {roomPartition} and callId eq {callId}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            await table.DeleteUnchangedAsync(row, cancellationToken);
        }
    }

    private static TableTransactionAction Delete(TableEntity row) =>
        new(TableTransactionActionType.Delete, row, row.RowKey == JournalRowKeys.Kept ? row.ETag : ETag.All);
}
