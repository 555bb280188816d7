using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Shows a scraper what this process has measured.</summary>
/// <param name="metrics">The host's metrics; <c>null</c> where the host exports them.</param>
public sealed class MetricsHandler(IMetricsText? metrics) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Metrics;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (metrics is null)
        {
            return Problem.MetricsElsewhere;
        }

        var (contentType, text) = await metrics.ReadAsync(request.Header("Accept"), cancellationToken);
        return new GatewayResponse(200, contentType, text.ToArray());
    }
}
