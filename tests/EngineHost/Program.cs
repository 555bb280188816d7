using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.EngineHost;

// Serves until it is told to stop: EngineHost, with the function app's settings in its environment and those of EngineSettings.
EngineSettings settings;
try
{
    settings = EngineSettings.Read(Environment.GetEnvironmentVariable);
}
catch (SettingsException incomplete)
{
    await Console.Error.WriteLineAsync(incomplete.Message);
    return 1;
}

var stop = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var loggers = LoggerFactory.Create(logging => logging
    .AddSimpleConsole(console => console.SingleLine = true)
    .SetMinimumLevel(settings.LogLevel)
    .AddFilter("DurableTask", LogLevel.Warning)
    .AddFilter("Microsoft.DurableTask", LogLevel.Warning)
    .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
    .AddFilter("Grpc", LogLevel.Warning));
await using var host = await EngineHost.StartAsync(settings, loggers, CancellationToken.None);
Console.WriteLine($"EngineHost on {host.Address}");
Console.WriteLine("Ctrl-C stops.");
await stop.Task;
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.TrySetResult();
}
