using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Hosting;

GatewaySettings settings;
try
{
    settings = HostSettings.Read(Environment.GetEnvironmentVariable, File.ReadAllText);
}
catch (SettingsException incomplete)
{
    await Console.Error.WriteLineAsync(incomplete.Message);
    return 1;
}

// It ends before anything that exports measurements begins.
var warmUp = Task.Run(() => GatewayWarmUp.RunAsync(CancellationToken.None));
var builder = FunctionsApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(Enum.Parse<LogLevel>(settings.LogLevel, ignoreCase: true));
// a line for every webhook otherwise; host.json does not govern the worker's own logs
builder.Logging.AddFilter("Microsoft.DurableTask", LogLevel.Warning);
builder.Services.AddGateway(settings);
builder.Services.AddGatewayTelemetry(Environment.GetEnvironmentVariable);
var app = builder.Build();
await warmUp;
await app.RunAsync();
return 0;
