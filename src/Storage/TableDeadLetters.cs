using Azure.Data.Tables;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Storage;

/// <summary>Dead letters in a partition of the journal's table.</summary>
public sealed class TableDeadLetters : IDeadLetters
{
    private const string Partition = "dead-letters";
    private const string Tenant = "tenant";
    private const string At = "at";
    private const string Letter = "letter";

    private readonly TableClient table;

    internal TableDeadLetters(TableClient table) => this.table = table;

    /// <summary>Dead letters in the table that the settings name; nothing is asked of it yet.</summary>
    /// <exception cref="SettingsException">The connection string is none.</exception>
    public static TableDeadLetters Create(StorageSettings settings) => new(JournalTable.Open(settings, JournalTable.ClientOptions()));

    /// <inheritdoc/>
    public async ValueTask KeepAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, letter.Id) { [At] = letter.At, [Letter] = letter.ToJson() };
        if (letter.Tenant is { } tenant)
        {
            row[Tenant] = tenant;
        }

        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<DeadLetterPage> ListAsync(string? tenant, string? after, int limit, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after ?? ""}");
        if (tenant is not null)
        {
            filter += TableClient.CreateQueryFilter($" and tenant eq {tenant}");
        }

        var letters = await table
            .QueryAsync<TableEntity>(filter, limit + 1, cancellationToken: cancellationToken)
            .Take(limit + 1)
            .Select(row => DeadLetter.Of(row.GetString(Letter)))
            .ToListAsync(cancellationToken);
        return new DeadLetterPage([.. letters.Take(limit)], letters.Count > limit ? letters[limit - 1].Id : null);
    }

    /// <inheritdoc/>
    public async ValueTask<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
        return row.HasValue ? DeadLetter.Of(row.Value!.GetString(Letter)) : null;
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(string id, CancellationToken cancellationToken) =>
        await table.DeleteEntityAsync(Partition, id, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and at lt {before}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            await RemoveAsync(row.RowKey, cancellationToken);
            removed++;
        }

        return removed;
    }
}
