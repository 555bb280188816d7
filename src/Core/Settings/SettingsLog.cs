using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Core.Settings;

/// <summary>What the start has to say about settings that it could take.</summary>
public static partial class SettingsLog
{
    /// <summary>Names the settings that were repaired, in one line and without values; nothing where none was.</summary>
    public static void Repaired(ILogger logger, GatewaySettings settings)
    {
        if (settings.Repairs.Count > 0)
        {
            LogRepaired(logger, string.Join("; ", settings.Repairs));
        }
    }

    [LoggerMessage(1701, LogLevel.Warning, "Settings were repaired for this run; correct them where they are set: {Repairs}")]
    private static partial void LogRepaired(ILogger logger, string repairs);
}
