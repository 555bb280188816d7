using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Http;

namespace VoiceFunctions.Functions.Hosting;

/// <summary>
/// Has the gateway put together and LiveKit's connection opened when the process starts, and not when the first call comes; says which
/// settings were repaired.
/// </summary>
/// <param name="settings">The settings.</param>
/// <param name="front">What every function needs.</param>
/// <param name="liveKit">Is asked what every sweep asks, and nobody waits for the answer.</param>
/// <param name="logger">Hears of repairs.</param>
internal sealed class GatewayStart(
    GatewaySettings settings, FunctionsHttpAdapter front, ILiveKitApi liveKit, ILogger<GatewayStart> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(front);
        SettingsLog.Repaired(logger, settings);
        _ = liveKit.ListRoomsAsync([], CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
