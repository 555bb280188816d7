using System.Runtime.InteropServices;
using VoiceFunctions.Chaos;
using VoiceFunctions.LocalHost.CommandLine;

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

await using var input = Console.OpenStandardInput();
var console = CommandConsole.OfProcess(input);
return await Commands.RunAsync(ChaosCommand.Root(console), args is ["complete", ..] ? args : ["chaos", .. args], console, stopping.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
