using VoiceFunctions.Core.Limits;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

// The contract, once for each store.
public sealed class InMemoryLimitStoreTests() : LimitStoreContract(new InMemoryLimitStores());

public sealed class TableLimitStoreTests(AzuriteServer azurite) : LimitStoreContract(new AzuriteLimitStores(azurite));

/// <summary>Stores that live in the process.</summary>
public sealed class InMemoryLimitStores : ILimitStores
{
    /// <inheritdoc/>
    public Task<ILimitStore> NewAsync(TimeProvider clock, CancellationToken cancellationToken) =>
        Task.FromResult<ILimitStore>(new InMemoryLimitStore());
}

/// <summary>Stores beside journals on Azurite.</summary>
public sealed class AzuriteLimitStores(AzuriteServer azurite) : ILimitStores
{
    /// <inheritdoc/>
    public async Task<ILimitStore> NewAsync(TimeProvider clock, CancellationToken cancellationToken) =>
        ((TableCallJournal)await new AzuriteJournals(azurite).NewAsync(clock, cancellationToken)).Limits;
}
