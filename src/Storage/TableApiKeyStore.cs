using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Storage;

/// <summary>
/// The tenants' API keys in the journal's table: a partition for each tenant, <c>keys-…</c>, which no call id can name, and a row for each
/// key. The journal makes the table.
/// </summary>
public sealed class TableApiKeyStore : IApiKeyStore
{
    private const string Partition = "keys-";
    private const string Hash = "hash";
    private const string MadeAt = "madeAt";

    private readonly TableClient table;

    internal TableApiKeyStore(TableClient table) => this.table = table;

    /// <summary>The keys in the table that the settings name; nothing is asked of it yet.</summary>
    /// <exception cref="SettingsException">The connection string is none.</exception>
    public static TableApiKeyStore Create(StorageSettings settings) =>
        new(JournalTable.Open(settings, JournalTable.ClientOptions()));

    /// <inheritdoc/>
    public async ValueTask<bool> AddAsync(StoredApiKey key, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(
                new TableEntity(Partition + key.Tenant, key.Id) { [Hash] = key.Hash, [MadeAt] = key.MadeAt }, cancellationToken);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            // It may be our own, written by a try whose answer was lost.
            return await FindAsync(key.Tenant, key.Id, cancellationToken) is { } there && there.Hash == key.Hash;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApiKey?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition + tenant, id, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredApiKey> ListAsync(
        string? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = tenant is null
            ? "PartitionKey ge 'keys-' and PartitionKey lt 'keys.'"
            : TableClient.CreateQueryFilter($"PartitionKey eq {Partition + tenant}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(row);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is null)
        {
            return false;
        }

        await table.DeleteEntityAsync(Partition + tenant, id, ETag.All, cancellationToken);
        return true;
    }

    /// <summary>A row without a hash reads as a key that nothing opens.</summary>
    private static StoredApiKey Read(TableEntity row) => new(
        row.PartitionKey[Partition.Length..], row.RowKey, row.GetString(Hash) ?? "", row.GetDateTimeOffset(MadeAt) ?? default);
}
