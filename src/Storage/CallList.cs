using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Storage;

/// <summary>
/// Reads the list of calls out of its index: rows that name calls, the newest first, day by day. What is shown of a call, and whether it
/// has ended, is read from its own header row, so that the list is never behind the truth. Active calls are found among the open ones.
/// </summary>
internal sealed class CallList(TableClient table, TimeProvider clock)
{
    /// <summary>How many days are looked at: more than the longest retention has.</summary>
    private const int LongestKept = 4096;

    /// <summary>How many rows are looked at for one page, for each call that it may hold: those that do not fit take room too.</summary>
    private const int LooksPerCall = 4;

    /// <summary>How many header rows are asked for at one time.</summary>
    private const int AtOnce = 32;

    public async Task<CallPage> PageAsync(CallQuery query, CancellationToken cancellationToken)
    {
        var isIndexed = query.HasEnded != false;
        var rows = (isIndexed ? IndexedAsync(query, cancellationToken) : OpenAsync(cancellationToken))
            .Where(row => query.Fits(row.Place, row.Tenant));
        var calls = new List<CallDetailRecord>(query.Limit);
        var looked = 0;
        CallPlace? last = null;
        await foreach (var batch in rows.Chunk(query.Limit + 1).WithCancellation(cancellationToken))
        {
            foreach (var (place, record) in await ReadAsync(batch, isIndexed, cancellationToken))
            {
                // There is at least one row behind the last one that was taken.
                if (calls.Count == query.Limit)
                {
                    return new CallPage(calls, last);
                }

                last = place;
                if (record is not null && (query.HasEnded is null || query.HasEnded == record.EndCause is not null))
                {
                    calls.Add(record);
                }
            }

            looked += batch.Length;
            if (looked >= query.Limit * LooksPerCall)
            {
                return new CallPage(calls, last);
            }
        }

        return new CallPage(calls, null);
    }

    /// <summary>The open calls in the order of the list. Rows that open no call yet have no place there.</summary>
    private async IAsyncEnumerable<CallRow> OpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await CallRows.QueryOpenAsync(table, cancellationToken)
            .Select(row => CallRow.Of(row, row.RowKey))
            .OfType<CallRow>()
            .ToListAsync(cancellationToken);
        foreach (var row in rows.OrderBy(row => row.Place))
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<CallRow> IndexedAsync(
        CallQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var filter in Filters(query))
        {
            await foreach (var row in table.QueryAsync<TableEntity>(filter, query.Limit + 1, cancellationToken: cancellationToken))
            {
                if (CallRow.Of(row, row.GetString(CallRows.CallIdColumn)) is { } read)
                {
                    yield return read;
                }
            }
        }
    }

    /// <summary>The rest of the day in which the page begins, then the days before it in growing strides.</summary>
    private IEnumerable<string> Filters(CallQuery query)
    {
        var family = CallRows.FamilyOf(query.IncludesUnowned ? null : query.Tenant);
        var until = query.Until is { } bound && !(query.After?.Since < bound) ? bound : query.After?.Since;

        // A clock that goes ahead may have listed a call tomorrow.
        var newest = CallRows.ListDay(until ?? clock.GetUtcNow().AddDays(1));
        if (until is { } at)
        {
            var begin = CallRows.ListPartition(family, newest);
            yield return TableClient.CreateQueryFilter($"PartitionKey eq {begin} and RowKey ge {CallRows.ListKey(at)}");
            newest--;
        }

        var oldest = query.From is { } from ? CallRows.ListDay(from) : newest - LongestKept;
        for (var days = 2; newest >= oldest; days *= 2)
        {
            var last = Math.Max(oldest, newest - days + 1);
            var (begin, end) = (CallRows.ListPartition(family, newest), CallRows.ListPartition(family, last - 1));
            yield return TableClient.CreateQueryFilter($"PartitionKey ge {begin} and PartitionKey lt {end}");
            newest = last - 1;
        }
    }

    /// <summary>The records of some rows; <c>null</c> for a call that is gone, or whose row this is not.</summary>
    private async Task<IReadOnlyList<(CallPlace Place, CallDetailRecord? Record)>> ReadAsync(
        CallRow[] rows, bool isIndexed, CancellationToken cancellationToken)
    {
        var records = new (CallPlace, CallDetailRecord?)[rows.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, rows.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, stop) => records[index] = (rows[index].Place, await ReadAsync(rows[index].Place, isIndexed, stop)));
        return records;
    }

    private async Task<CallDetailRecord?> ReadAsync(CallPlace place, bool isIndexed, CancellationToken cancellationToken)
    {
        var header = await table.GetEntityIfExistsAsync<TableEntity>(
            place.CallId.Value, JournalRowKeys.Header, cancellationToken: cancellationToken);

        // Where two hosts listed a call at one time, one of the rows in the index counts.
        return header.HasValue && !(isIndexed && CallRows.ListingOf(header.Value!) is { } listing && listing.Since != place.Since)
            ? CallRows.RecordOf(header.Value!)
            : null;
    }

    /// <summary>A row that names a call.</summary>
    private sealed record CallRow(CallPlace Place, string? Tenant)
    {
        public static CallRow? Of(TableEntity row, string callId) =>
            CallId.TryParse(callId, out var read) && CallRows.ListingOf(row) is { } listing
                ? new CallRow(new CallPlace(listing.Since, read), listing.Tenant)
                : null;
    }
}
