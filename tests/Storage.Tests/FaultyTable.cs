using Azure.Core;
using Azure.Data.Tables;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>A journal with the product's own client options, and a hand on its wire.</summary>
internal sealed class FaultyTable
{
    private FaultyTable(TableClient table, TimeProvider clock, TableFaults faults)
    {
        Table = table;
        Journal = new TableCallJournal(table, clock);
        Faults = faults;
    }

    public TableClient Table { get; }

    public TableCallJournal Journal { get; }

    public TableFaults Faults { get; }

    /// <summary>Another process on the same table, whose wire nobody touches.</summary>
    public required TableCallJournal Other { get; init; }

    public static async Task<FaultyTable> CreateAsync(AzuriteServer azurite, TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        var faults = new TableFaults();
        var clientOptions = ImpatientOptions();
        clientOptions.AddPolicy(faults, HttpPipelinePosition.BeforeTransport);
        var other = TableCallJournal.Create(options, clock);
        await other.EnsureTableAsync(cancellationToken);
        return new(JournalTable.Open(options, clientOptions), clock, faults) { Other = other };
    }

    /// <summary>The product's options without the pauses between tries.</summary>
    public static TableClientOptions ImpatientOptions()
    {
        var options = JournalTable.ClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return options;
    }

    /// <summary>How many requests an action takes.</summary>
    public async Task<int> CountAsync(Func<ICallJournal, Task> action)
    {
        Faults.Requests.Clear();
        await action(Journal);
        return Faults.Requests.Count;
    }
}
