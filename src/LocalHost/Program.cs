using System.Runtime.InteropServices;
using VoiceFunctions.LocalHost.CommandLine;

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

await using var input = Console.OpenStandardInput();
return await Commands.RunAsync(args, CommandConsole.OfProcess(input), stopping.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
