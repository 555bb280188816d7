using System.Globalization;
using System.Text.RegularExpressions;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Engine.Tests.Cost;

/// <summary>
/// What one call costs on the engine that Azure uses, counted. The document of the costs holds these numbers; what depends on when a
/// webhook meets a look may differ a little from run to run. With <c>UPDATE_DOCS=1</c> the document is written anew.
/// </summary>
public sealed partial class CostTests(HubStorage storage)
{
    private const double Tolerance = 0.35;
    private const int Few = 5;
    private static readonly Caller Somebody = new("+15550101234", "+15550100") { Stays = TimeSpan.FromMinutes(3) };

    private static string Document => Repository.PathOf("docs", "cost.md");

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_says_what_a_call_of_three_minutes_takes_of_the_engine()
    {
        using var traffic = new StorageTraffic();

        var measured = await Task.WhenAll(
            IdleAsync(traffic),
            MeasureAsync(
                "over a SIP trunk", traffic, network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber })),
            MeasureAsync("by Twilio", traffic, network => network.Twilio.CallAsync(Somebody)));

        await (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1" ? WriteAsync(measured) : CompareAsync(measured));
    }

    private async Task<Measured> IdleAsync(StorageTraffic traffic)
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending);
        await world.HostAsync(Ending);
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System, Ending); // It looks often at first, and then less and less.

        var before = traffic.Of(world.HubAccount).Count;
        await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, Ending);

        return new Measured("storage requests of the hub", [traffic.Of(world.HubAccount).Count - before], "");
    }

    private async Task<Measured> MeasureAsync(string name, StorageTraffic traffic, Func<PhoneNetwork, Task<CallerExperience>> call)
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending);
        var host = await world.HostAsync(Ending);
        var (hub, journal) = (traffic.Of(world.HubAccount).Count, traffic.Of(world.JournalAccount).Count);

        Assert.Empty(await world.PlayAsync(new Scenario(name, "") { Call = call }, Ending));

        var instance = Assert.Single(await host.Hub.InstancesAsync(Ending));
        var history = await host.Hub.HistoryAsync(instance.InstanceId);
        var requests = traffic.Of(world.HubAccount).Skip(hub).Where(request => !request.IsBackground).ToList();
        int Count(EventType type) => history.Count(row => row.Type == type);
        return new Measured(
            name,
            [
                Count(EventType.OrchestratorStarted),
                Count(EventType.TaskScheduled),
                Count(EventType.TimerCreated),
                Count(EventType.EventRaised),
                requests.Count,
                traffic.Of(world.JournalAccount).Count - journal,
            ],
            string.Join(" → ", history.Where(row => row.Type == EventType.TaskScheduled).Select(row => row.Task)));
    }

    private static async Task CompareAsync(Measured[] measured)
    {
        var text = await File.ReadAllTextAsync(Document, Ending);
        foreach (var call in measured)
        {
            var row = Assert.Single(text.Split('\n'), line => line.StartsWith($"| {call.Name} |", StringComparison.Ordinal));
            int[] written = [.. Number.Matches(row).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture))];
            Assert.True(
                written.Zip(call.Counts).All(pair => Math.Abs(pair.First - pair.Second) <= Math.Max(Few, pair.First * Tolerance)),
                $"docs/cost.md says\n{row}\nand this run counted\n{call.Row}\n{call.History}\nUPDATE_DOCS=1 writes the document anew.");
        }
    }

    private static async Task WriteAsync(Measured[] measured)
    {
        string Renewed(string line) =>
            measured.FirstOrDefault(call => line.StartsWith($"| {call.Name} |", StringComparison.Ordinal))?.Row ?? line;
        var lines = (await File.ReadAllLinesAsync(Document, Ending)).Select(Renewed);
        await File.WriteAllTextAsync(Document, string.Join('\n', lines) + "\n", Ending);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number { get; }

    private sealed record Measured(string Name, IReadOnlyList<int> Counts, string History)
    {
        public string Row => $"| {Name} | {string.Join(" | ", Counts)} |";
    }
}
