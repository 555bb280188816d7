using System.Globalization;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Hosting;

namespace VoiceFunctions.EngineHost;

/// <summary>
/// What an engine host is started with: the function app's own settings, and what the Functions host would read beside them.
/// </summary>
internal sealed record EngineSettings(GatewaySettings Gateway, string HubStorage, string HubName)
{
    /// <summary>The storage account of the task hub; the Functions host's own name for it.</summary>
    public const string HubStorageName = "AzureWebJobsStorage";

    /// <summary>The name of the task hub.</summary>
    public const string HubNameName = "TASKHUB_NAME";

    /// <summary>
    /// Who holds the hub's partitions. A process that comes back under the name of one that died goes on at once; another waits for its
    /// leases to end.
    /// </summary>
    public const string WorkerName = "WORKER_ID";

    /// <summary>How often the sweep runs; the function app's own timer says each minute.</summary>
    public const string SweepName = "SWEEP_SECONDS";

    /// <summary>
    /// Where the process stops for good, as in <c>before:EndCall</c> or <c>after:EndCall</c>; whoever started it kills it there.
    /// </summary>
    public const string HoldName = "HOLD_AT";

    /// <summary>The HTTP port; 0 takes any.</summary>
    public int Port { get; init; }

    public string Worker { get; init; } = Environment.MachineName;

    public TimeSpan Sweep { get; init; } = TimeSpan.FromMinutes(1);

    public string? Hold { get; init; }

    public LogLevel LogLevel => Enum.Parse<LogLevel>(Gateway.LogLevel, ignoreCase: true);

    /// <summary>Reads them; throws a <see cref="SettingsException"/> as the function app does.</summary>
    public static EngineSettings Read(Func<string, string?> read)
    {
        var gateway = HostSettings.Read(read, File.ReadAllText);
        var storage = read(HubStorageName) ?? throw new SettingsException([$"{HubStorageName} must be set"]);
        return new EngineSettings(gateway, storage, read(HubNameName) ?? "enginehost")
        {
            Port = int.Parse(read("PORT") ?? "0", CultureInfo.InvariantCulture),
            Worker = read(WorkerName) ?? Environment.MachineName,
            Sweep = TimeSpan.FromSeconds(double.Parse(read(SweepName) ?? "60", CultureInfo.InvariantCulture)),
            Hold = read(HoldName),
        };
    }
}
