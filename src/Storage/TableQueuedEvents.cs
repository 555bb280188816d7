using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Storage;

/// <summary>Events that wait for their destinations, in a partition of the journal's table.</summary>
public sealed class TableQueuedEvents : IQueuedEvents
{
    private const string Partition = "queued-events";
    private const string Next = "next";
    private const string Since = "since";
    private const string Queued = "queued";

    private readonly TableClient table;

    private TableQueuedEvents(TableClient table) => this.table = table;

    /// <summary>Events in the table that the settings name; nothing is asked of it yet.</summary>
    /// <exception cref="SettingsException">The connection string is none.</exception>
    public static TableQueuedEvents Create(StorageSettings settings) => new(JournalTable.Open(settings, JournalTable.ClientOptions()));

    /// <inheritdoc/>
    public async ValueTask AddAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(RowOf(queued), cancellationToken);
        }
        catch (RequestFailedException known) when (known.Status == 409)
        {
            // It waits already, or this is its own insert once more.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<QueuedEvent>> DueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        // Whichever are found first: those that wait longest are offered first among them, and the others in the next sweeps.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and next le {now}");
        var due = await table
            .QueryAsync<TableEntity>(filter, most, cancellationToken: cancellationToken)
            .Take(most)
            .Select(row => QueuedEvent.Of(row.GetString(Queued)))
            .ToListAsync(cancellationToken);
        return [.. due.OrderBy(queued => queued.Next)];
    }

    /// <inheritdoc/>
    public async ValueTask PostponeAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(RowOf(queued), ETag.All, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Another host had it taken.
        }
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(string id, CancellationToken cancellationToken) =>
        await table.DeleteEntityAsync(Partition, id, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and since lt {before}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            await RemoveAsync(row.RowKey, cancellationToken);
            removed++;
        }

        return removed;
    }

    private static TableEntity RowOf(QueuedEvent queued) => new(Partition, queued.Id)
    {
        [Next] = queued.Next,
        [Since] = queued.Since,
        [Queued] = queued.ToJson(),
    };
}
