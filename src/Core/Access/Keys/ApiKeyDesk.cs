using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Access.Keys;

/// <summary>Makes, lists and revokes stored keys.</summary>
/// <param name="store">Holds them.</param>
/// <param name="timeProvider">Tells when they are made.</param>
public sealed class ApiKeyDesk(IApiKeyStore store, TimeProvider timeProvider)
{
    /// <summary>How many keys a tenant may have, give or take those that are made at the same moment.</summary>
    public const int MostKeys = 20;

    /// <summary>Makes a key. Its secret is in the answer and nowhere else; <c>null</c> where the tenant has too many.</summary>
    /// <exception cref="JournalUnavailableException">The store is away.</exception>
    public async ValueTask<(StoredApiKey Key, string Text)?> MakeAsync(string tenant, CancellationToken cancellationToken)
    {
        if ((await ListAsync(tenant, cancellationToken)).Count >= MostKeys)
        {
            return null;
        }

        while (true)
        {
            var text = ApiKeyText.Make();
            var key = new StoredApiKey(tenant, text.Id, ApiKeyHash.Of(text.Secret), timeProvider.GetUtcNow());
            if (await store.AddAsync(key, cancellationToken))
            {
                return (key, text.Text);
            }
        }
    }

    /// <summary>A tenant's keys, or those of all.</summary>
    /// <exception cref="JournalUnavailableException">The store is away.</exception>
    public async ValueTask<IReadOnlyList<StoredApiKey>> ListAsync(string? tenant, CancellationToken cancellationToken) =>
        await store.ListAsync(tenant, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Revokes a key. Access tokens that it got are good until they end.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="JournalUnavailableException">The store is away.</exception>
    public async ValueTask<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken) =>
        ApiKeyText.IsId(id) && await store.RevokeAsync(tenant, id, cancellationToken);
}
