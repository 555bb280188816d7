using Microsoft.Extensions.Logging;

namespace VoiceFunctions.LocalHost.Serve;

/// <summary>What serving has to log.</summary>
internal static partial class ServeLog
{
    [LoggerMessage(3101, LogLevel.Warning, "The journal could not be read for the sweep")]
    public static partial void SweepFailed(ILogger logger, Exception exception);
}
