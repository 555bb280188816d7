using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>Journals on Azurite, each on a table of its own, made as the product makes them.</summary>
public sealed class AzuriteJournals(AzuriteServer azurite) : IJournals
{
    /// <inheritdoc/>
    public async Task<ICallJournal> NewAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        var journal = TableCallJournal.Create(options, clock);
        await journal.EnsureTableAsync(cancellationToken);
        return journal;
    }
}
