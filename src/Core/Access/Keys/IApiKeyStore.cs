using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Access.Keys;

/// <summary>Holds the tenants' API keys. Every method may throw <see cref="JournalUnavailableException"/>: the store is away.</summary>
public interface IApiKeyStore
{
    /// <summary>Stores a key. Doing so again with the same key changes nothing.</summary>
    /// <returns>Whether it is stored; <c>false</c> where another key of the tenant has that id.</returns>
    ValueTask<bool> AddAsync(StoredApiKey key, CancellationToken cancellationToken);

    /// <summary>A tenant's key by its id, in one read; <c>null</c> where there is none, or no more.</summary>
    ValueTask<StoredApiKey?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>The keys that were not revoked, by tenant and within one by id.</summary>
    /// <param name="tenant">Whose; <c>null</c> for those of every tenant.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    IAsyncEnumerable<StoredApiKey> ListAsync(string? tenant, CancellationToken cancellationToken);

    /// <summary>Revokes a key for good: from then on it is not found.</summary>
    /// <returns>Whether there was one.</returns>
    ValueTask<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken);
}
