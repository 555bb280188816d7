using VoiceFunctions.Core.Calls;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>Gives each test a table of its own on Azurite, and a hand on its wire.</summary>
public abstract class FaultyTableTests(AzuriteServer azurite) : IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected CallId CallId { get; } = Some.Call();

    protected ManualClock Clock { get; } = new(Some.Noon);

    private protected FaultyTable Table { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Table = await FaultyTable.CreateAsync(azurite, Clock, Stop);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
