using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Storage;

/// <summary>The limits' texts beside the journal: a row for each, in a partition of its own, written under its ETag.</summary>
internal sealed class TableLimitStore(TableClient table) : ILimitStore
{
    private const string Prefix = "limit-";
    private const string Row = "limit";
    private const string TextColumn = "text";
    private const string ExpiresColumn = "expires";

    public async ValueTask<LimitText> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(key), Row, [TextColumn], cancellationToken);
        return row.HasValue ? new LimitText(row.Value!.GetString(TextColumn), row.Value.ETag.ToString()) : LimitText.None;
    }

    public async ValueTask<LimitText?> WriteAsync(
        string key, string version, string text, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PartitionOf(key), Row) { [TextColumn] = text, [ExpiresColumn] = expires };
        try
        {
            var written = version.Length == 0
                ? await table.AddEntityAsync(row, cancellationToken)
                : await table.UpdateEntityAsync(row, new ETag(version), TableUpdateMode.Replace, cancellationToken);
            return new LimitText(text, written.Headers.ETag.ToString()!);
        }
        catch (RequestFailedException faster) when (faster.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    public async ValueTask<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // '.' follows '-': the range holds the limits' partitions and nothing else.
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {Prefix} and PartitionKey lt {"limit."} and expires le {now}");
        var purged = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(
            filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            await table.DeleteUnchangedAsync(row, cancellationToken);
            purged++;
        }

        return purged;
    }

    /// <summary>A key may name a tenant or hold a number's hash; what is stored tells neither.</summary>
    private static string PartitionOf(string key) => Prefix + JournalRowKeys.Sha256(key);
}
