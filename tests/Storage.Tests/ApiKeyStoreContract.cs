using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>What every store of API keys promises.</summary>
public abstract class ApiKeyStoreContract : IAsyncLifetime
{
    private static readonly StoredApiKey Key = new("golf", "abcdefghijkl", ApiKeyHash.Of("a secret"), Some.Noon);

    private IApiKeyStore store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await NewAsync(Stop);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    [Fact]
    public async Task A_key_is_found_as_it_was_stored()
    {
        Assert.True(await store.AddAsync(Key, Stop));

        Assert.Equal(Key, await store.FindAsync("golf", Key.Id, Stop));
    }

    [Fact]
    public async Task A_key_is_its_tenants_alone()
    {
        await store.AddAsync(Key, Stop);

        Assert.Null(await store.FindAsync("other", Key.Id, Stop));
        Assert.Null(await store.FindAsync("Golf", Key.Id, Stop));
        Assert.Null(await store.FindAsync("golf", "abcdefghijkm", Stop));
        Assert.Empty(await ListAsync("other"));
        Assert.False(await store.RevokeAsync("other", Key.Id, Stop));
        Assert.NotNull(await store.FindAsync("golf", Key.Id, Stop));
    }

    [Fact]
    public async Task Storing_a_key_again_changes_nothing_and_no_key_takes_anothers_place()
    {
        await store.AddAsync(Key, Stop);

        Assert.True(await store.AddAsync(Key, Stop));
        Assert.False(await store.AddAsync(Key with { Hash = ApiKeyHash.Of("another secret") }, Stop));
        Assert.Equal(Key, await store.FindAsync("golf", Key.Id, Stop));
    }

    [Fact]
    public async Task Of_many_who_store_different_keys_under_one_id_one_does()
    {
        var keys = Enumerable.Range(0, 20).Select(number => Key with { Hash = $"hash {number}" }).ToList();

        var stored = await Task.WhenAll(keys.Select(key => Task.Run(async () => await store.AddAsync(key, Stop), Stop)));

        Assert.Single(stored, isStored => isStored);
        Assert.Equal(keys[Array.IndexOf(stored, true)], await store.FindAsync("golf", Key.Id, Stop));
    }

    [Fact]
    public async Task A_revoked_key_is_gone_for_good_and_the_others_stay()
    {
        var other = Key with { Id = "mnopqrstuvwx" };
        await store.AddAsync(Key, Stop);
        await store.AddAsync(other, Stop);

        Assert.True(await store.RevokeAsync("golf", Key.Id, Stop));

        Assert.Null(await store.FindAsync("golf", Key.Id, Stop));
        Assert.Equal([other], await ListAsync("golf"));
        Assert.False(await store.RevokeAsync("golf", Key.Id, Stop));
    }

    [Fact]
    public async Task Keys_are_listed_by_tenant_and_then_by_id()
    {
        StoredApiKey[] keys =
        [
            Key, Key with { Id = "bbbbbbbbbbbb" }, Key with { Tenant = "golf-2" }, Key with { Tenant = "Other" },
            Key with { Tenant = new string('z', 64) },
        ];
        foreach (var key in keys.Reverse())
        {
            await store.AddAsync(key, Stop);
        }

        Assert.Equal(
            keys.OrderBy(key => key.Tenant, StringComparer.Ordinal).ThenBy(key => key.Id, StringComparer.Ordinal), await ListAsync(null));
        Assert.Equal(keys[..2], await ListAsync("golf"));
    }

    /// <summary>An empty store that nobody else uses.</summary>
    protected abstract Task<IApiKeyStore> NewAsync(CancellationToken cancellationToken);

    private async Task<IReadOnlyList<StoredApiKey>> ListAsync(string? tenant) => await store.ListAsync(tenant, Stop).ToListAsync(Stop);
}

public sealed class InMemoryApiKeyStoreTests : ApiKeyStoreContract
{
    protected override Task<IApiKeyStore> NewAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IApiKeyStore>(new InMemoryApiKeyStore());
}

public sealed class TableApiKeyStoreTests(AzuriteServer azurite) : ApiKeyStoreContract
{
    protected override async Task<IApiKeyStore> NewAsync(CancellationToken cancellationToken)
    {
        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        await TableCallJournal.Create(settings, TimeProvider.System).EnsureTableAsync(cancellationToken);
        return TableApiKeyStore.Create(settings);
    }
}
