using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>Gives each test of a contract a fresh journal of one kind, on a clock of its own.</summary>
public abstract class JournalContract(IJournals journals) : IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected CallId CallId { get; } = Some.Call();

    protected ManualClock Clock { get; } = new(Some.Noon);

    protected ICallJournal Journal { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Journal = await journals.NewAsync(Clock, Stop);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
