using System.Runtime.InteropServices;
using VoiceFunctions.Chaos;

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

if (args is ["help" or "--help" or "-h"])
{
    await Console.Out.WriteLineAsync(ChaosOptions.Usage);
    return 0;
}

if (ChaosOptions.TryParse(args, out var wrong) is not { } options)
{
    await Console.Error.WriteLineAsync(wrong);
    await Console.Error.WriteLineAsync(ChaosOptions.Usage);
    return 2;
}

try
{
    return await ChaosRun.PlayAsync(options, Console.Out, stopping.Token) ? 0 : 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("stopped");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
