using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>The process is alive.</summary>
/// <param name="route">Which of its routes this one answers.</param>
public sealed class HealthHandler(GatewayRoute route) : IGatewayHandler
{
    private static readonly GatewayResponse Alive = GatewayResponse.Json(200, """{"status":"ok"}"""u8);

    /// <inheritdoc/>
    public GatewayRoute Route => route;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Alive);
}
