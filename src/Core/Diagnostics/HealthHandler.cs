using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>The process is alive; <c>/health</c> says in which version.</summary>
/// <param name="route">Which of its routes this one answers.</param>
public sealed class HealthHandler(GatewayRoute route) : IGatewayHandler
{
    private static readonly GatewayResponse Alive = GatewayResponse.Json(200, """{"status":"ok"}"""u8);

    private static readonly GatewayResponse AliveInVersion = GatewayResponse.Json(
        200, Encoding.UTF8.GetBytes($$"""{"status":"ok","version":"{{JsonEncodedText.Encode(GatewayVersion.Text)}}"}"""));

    /// <inheritdoc/>
    public GatewayRoute Route => route;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(route == GatewayRoutes.HealthAlias ? AliveInVersion : Alive);
}
