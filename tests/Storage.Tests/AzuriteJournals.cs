using Azure.Core.Pipeline;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>Journals on Azurite held to Azure's limits, each on a table of its own, made as the product makes them.</summary>
public sealed class AzuriteJournals(AzuriteServer azurite) : IJournals
{
    private static readonly HttpClient Http = new(new AzureLimits());

    /// <inheritdoc/>
    public async Task<ICallJournal> NewAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        var clientOptions = JournalTable.ClientOptions();
        clientOptions.Transport = new HttpClientTransport(Http);
        var journal = new TableCallJournal(JournalTable.Open(options, clientOptions), clock);
        await journal.EnsureTableAsync(cancellationToken);
        return journal;
    }
}
