using System.Runtime.InteropServices;
using VoiceFunctions.EndToEnd;
using VoiceFunctions.Simulator.Scenarios;

// Starts a gateway, asks it for what every host has to answer alike, and then places simulated calls through it, one after the other and in
// real time; it has each of them proven by the gateway:
//   EndToEnd <gateway's address> <scenario,scenario,...> <command> <arguments...>
if (args is not [var url, var names, _, ..] || !Uri.TryCreate(url, UriKind.Absolute, out var address))
{
    await Console.Error.WriteLineAsync("EndToEnd <address> <scenario,...> <command> <arguments...>");
    return 2;
}

var known = ScenarioCatalog.All.ToDictionary(scenario => scenario.Name);
var asked = names.Split(',');
if (Array.Find(asked, name => !known.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"'{unknown}' is none of the scenarios {string.Join(", ", known.Keys)}");
    return 2;
}

using var stopping = new CancellationTokenSource();
var stoppedBy = 0;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, 2));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, 15));

try
{
    return await EndToEndRun.PlayAsync(address, [.. asked.Select(name => known[name])], args[2..], stopping.Token) ? 0 : 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.WriteLine("stopped");
    return 128 + stoppedBy;
}
catch (TimeoutException failed)
{
    await Console.Error.WriteLineAsync(failed.Message);
    return 1;
}

void Stop(PosixSignalContext signal, int number)
{
    signal.Cancel = true;
    stoppedBy = number;
    stopping.Cancel();
}
