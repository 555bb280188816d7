using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>
/// Finds the newest calls in the indexes: the open ones, then the days backwards in growing strides, so that neither a busy day nor a
/// quiet year costs many requests.
/// </summary>
internal sealed class NewestCalls(TableClient table, TimeProvider clock)
{
    private const int LongestKept = 4096;

    public async IAsyncEnumerable<CallId> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = new HashSet<CallId>();
        foreach (var callId in await NewestFirstAsync("PartitionKey ge 'open-' and PartitionKey lt 'open.'", cancellationToken))
        {
            if (known.Add(callId))
            {
                yield return callId;
            }
        }

        // A clock that goes ahead may have closed a call tomorrow.
        var until = clock.GetUtcNow().AddDays(2);
        for (var days = 2; days <= LongestKept; days *= 2)
        {
            var from = until.AddDays(-days);
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey ge {CallRows.DayPartition(from)} and PartitionKey lt {CallRows.DayPartition(until)}");
            foreach (var callId in await NewestFirstAsync(filter, cancellationToken))
            {
                if (known.Add(callId))
                {
                    yield return callId;
                }
            }

            until = from;
        }
    }

    private async Task<IEnumerable<CallId>> NewestFirstAsync(string filter, CancellationToken cancellationToken)
    {
        var rows = await table
            .QueryAsync<TableEntity>(filter, select: ["RowKey", JournalRowKeys.AtColumn], cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        return rows.OrderByDescending(row => row.GetDateTimeOffset(JournalRowKeys.AtColumn))
            .Select(row => CallId.TryParse(row.RowKey, out var callId) ? callId : null)
            .OfType<CallId>();
    }
}
