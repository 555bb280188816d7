using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.EndToEnd;

/// <summary>One run: a simulated network, a gateway before it, and calls.</summary>
internal static class EndToEndRun
{
    /// <summary>Plays the scenarios and tells how each went; whether all was well.</summary>
    public static async Task<bool> PlayAsync(
        Uri address, IReadOnlyList<Scenario> scenarios, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        await using var network = await PhoneNetwork.StartAsync(
            new RealTime(failure => Report(failure, cancellationToken)),
            new PhoneNetworkSetup { Observer = happened => Console.WriteLine($"    {happened}") },
            cancellationToken);
        Dictionary<string, string> settings = new([.. network.GatewaySettings, .. ScenarioCatalog.GatewaySettings])
        {
            [SettingNames.PublicUrl] = address.OriginalString.TrimEnd('/'),
        };
        network.Operator.Key = GatewayUnderTest.Key;
        await using var gateway = await GatewayUnderTest.StartAsync(command, address, settings, cancellationToken);

        Console.WriteLine("edges: What every host answers alike.");
        List<bool> kept = [Tell(await Edges.BrokenAsync(gateway.Http, cancellationToken))];
        foreach (var scenario in scenarios)
        {
            Console.WriteLine($"{scenario.Name}: {scenario.Description}");
            kept.Add(Tell(await BrokenAsync(scenario, network, gateway, address, cancellationToken)));
        }

        Console.WriteLine($"passed {kept.Count(well => well)} failed {kept.Count(well => !well)}");
        return kept.TrueForAll(well => well);
    }

    private static async Task<IReadOnlyList<string>> BrokenAsync(
        Scenario scenario, PhoneNetwork network, GatewayUnderTest gateway, Uri address, CancellationToken cancellationToken)
    {
        var result = await scenario.PlayAsync(network, address, cancellationToken);
        List<string> broken = [.. result.Broken];
        foreach (var room in result.Rooms.Where(room => !room.IsForeign))
        {
            broken.AddRange(await gateway.UnprovenAsync(room.Name, cancellationToken));
        }

        return broken;
    }

    private static void Report(Exception failure, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine($"network: {failure.Message}");
        }
    }

    private static bool Tell(IReadOnlyList<string> broken)
    {
        Console.WriteLine(broken.Count == 0 ? "  kept" : string.Join('\n', broken.Select(what => $"  BROKEN: {what}")));
        return broken.Count == 0;
    }
}
