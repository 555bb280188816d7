using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;
using VoiceFunctions.Bench.CallList;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Journal.Listing;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

// Whether GET /calls is as fast with 100,000 old calls as with 100: the pages of the list, in a table on Azurite and in memory. Azurite
// keeps partitions here, as the real service does (tests/Testing/azurite-partitions.cjs): as it comes it looks at every row for each
// query. A few minutes.
//   dotnet run -c Release --project bench/CallList
const int Runs = 40;
int[] sizes = [100, 100_000];
using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(20));
var now = TimeProvider.System.GetUtcNow();
var results = new Dictionary<(string Journal, string Page), List<(double Milliseconds, double Requests)>>();
await using var azurite = new AzuriteServer { KeepsPartitions = true };
await azurite.InitializeAsync();
foreach (var size in sizes)
{
    var requests = new Requests();
    var options = JournalTable.ClientOptions();
    options.AddPolicy(requests, HttpPipelinePosition.PerRetry);
    var table = JournalTable.Open(new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName()), options);
    var stored = new TableCallJournal(table, TimeProvider.System);
    await stored.EnsureTableAsync(patience.Token);
    await OldCalls.StoreAsync(table, size, now, patience.Token);
    await MeasureAsync("Azurite", stored, requests);

    var memory = new InMemoryCallJournal(TimeProvider.System, 2 * size);
    await OldCalls.StoreAsync(memory, size, now, patience.Token);
    await MeasureAsync("in memory", memory, requests);
}

foreach (var ((journal, page), at) in results)
{
    var told = at.Select((one, i) => $"{sizes[i],7:N0} calls {one.Milliseconds,7:F2} ms {one.Requests,4:F0} requests");
    Console.WriteLine($"{journal,-10} {page,-24} {string.Join("   ", told)}   ratio {at[1].Milliseconds / at[0].Milliseconds:F2}");
}

return 0;

// The median of each page.
async Task MeasureAsync(string name, ICallJournal journal, Requests requests)
{
    var first = await journal.ListAsync(new CallQuery(20), patience.Token);
    (string Name, CallQuery Query)[] pages =
    [
        ("first page of 20", new CallQuery(20)),
        ("second page of 20", new CallQuery(20) { After = first.Next }),
        ("ended, 20 of a week ago", new CallQuery(20) { HasEnded = true, Until = now.AddDays(-7) }),
        ("active", new CallQuery(20) { HasEnded = false }),
    ];
    foreach (var (page, query) in pages)
    {
        var times = new List<double>();
        var before = requests.Count;
        for (var run = 0; run < Runs; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            await journal.ListAsync(query, patience.Token);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        var key = (name, page);
        results.TryAdd(key, []);
        results[key].Add((times[Runs / 2], (requests.Count - before) / (double)Runs));
    }
}

/// <summary>Counts the requests to the store.</summary>
internal sealed class Requests : HttpPipelineSynchronousPolicy
{
    public int Count { get; private set; }

    public override void OnSendingRequest(HttpMessage message) => Count++;
}
