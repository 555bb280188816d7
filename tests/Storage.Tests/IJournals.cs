using VoiceFunctions.Core.Calls;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>Makes fresh journals of one kind, so that every kind runs the same contract.</summary>
public interface IJournals
{
    /// <summary>An empty journal that nobody else uses.</summary>
    Task<ICallJournal> NewAsync(TimeProvider clock, CancellationToken cancellationToken);
}

/// <summary>Journals that live in the process.</summary>
public sealed class InMemoryJournals : IJournals
{
    /// <inheritdoc/>
    public Task<ICallJournal> NewAsync(TimeProvider clock, CancellationToken cancellationToken) => Task.FromResult<ICallJournal>(new InMemoryCallJournal(clock));
}

/// <summary>Journals on Azurite, each on a table of its own, made as the product makes them.</summary>
public sealed class AzuriteJournals(AzuriteServer azurite) : IJournals
{
    /// <inheritdoc/>
    public async Task<ICallJournal> NewAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = new TableJournalOptions { ConnectionString = azurite.ConnectionString, TableName = azurite.NewTableName() };
        var journal = TableCallJournal.Create(options, clock);
        await journal.EnsureTableAsync(cancellationToken);
        return journal;
    }
}
