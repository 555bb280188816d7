using VoiceFunctions.EndToEnd;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Time;

// Places simulated calls, one after the other and in real time, through a gateway that this starts, and has each of them proven by it:
//   EndToEnd <gateway's address> <scenario,scenario,...> <command> <arguments...>
if (args is not [var url, var names, ..] || args.Length < 3)
{
    await Console.Error.WriteLineAsync("EndToEnd <address> <scenario,...> <command> <arguments...>");
    return 2;
}

var address = new Uri(url);
var never = CancellationToken.None;
await using var network = await PhoneNetwork.StartAsync(
    new RealTime(failure => Console.Error.WriteLine($"network: {failure.Message}")),
    new PhoneNetworkSetup { Observer = happened => Console.WriteLine($"    {happened}") },
    never);
var settings = new Dictionary<string, string>(network.GatewaySettings) { ["PUBLIC_URL"] = url.TrimEnd('/'), ["FALLBACK_NUMBER"] = "+15550100177" };
await using var gateway = await GatewayProcess.StartAsync(args[2..], address, settings, never);

var (kept, broken) = (0, 0);
foreach (var scenario in names.Split(',').Select(name => ScenarioCatalog.All.Single(scenario => scenario.Name == name)))
{
    Console.WriteLine($"{scenario.Name}: {scenario.Description}");
    var result = await scenario.PlayAsync(network, address, never);
    List<string> failures = [.. result.Broken];
    foreach (var room in result.Rooms)
    {
        failures.AddRange(await gateway.UnprovenAsync(room.Name, never));
    }

    Console.WriteLine(failures.Count == 0 ? "  kept" : string.Join('\n', failures.Select(failure => $"  BROKEN: {failure}")));
    kept += failures.Count == 0 ? 1 : 0;
    broken += failures.Count == 0 ? 0 : 1;
}

Console.WriteLine($"passed {kept} failed {broken}");
return broken == 0 ? 0 : 1;
