using System.Runtime.CompilerServices;

namespace VoiceFunctions.Core.Access.Keys;

/// <summary>Keys that live as long as the process.</summary>
public sealed class InMemoryApiKeyStore : IApiKeyStore
{
    private static readonly Comparer<(string Tenant, string Id)> Ordinal = Comparer<(string Tenant, string Id)>.Create((one, other) =>
        string.CompareOrdinal(one.Tenant, other.Tenant) is var order and not 0 ? order : string.CompareOrdinal(one.Id, other.Id));

    private readonly Lock gate = new();
    private readonly SortedDictionary<(string Tenant, string Id), StoredApiKey> keys = new(Ordinal);

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(StoredApiKey key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(keys.TryAdd((key.Tenant, key.Id), key) || keys[(key.Tenant, key.Id)].Hash == key.Hash);
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredApiKey?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(keys.GetValueOrDefault((tenant, id)));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredApiKey> ListAsync(
        string? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<StoredApiKey> found;
        lock (gate)
        {
            found = [.. keys.Values.Where(key => tenant is null || key.Tenant == tenant)];
        }

        foreach (var key in found)
        {
            yield return key;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(keys.Remove((tenant, id)));
        }
    }
}
