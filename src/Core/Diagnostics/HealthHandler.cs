using System.Text;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>The process is alive.</summary>
public sealed class HealthHandler : IGatewayHandler
{
    private static readonly GatewayResponse Alive = new(200, "application/json", Encoding.UTF8.GetBytes("""{"status":"ok"}"""));

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Health;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Alive);
}
