using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>Shows the OpenAPI document of the whole HTTP surface. It is written once, when it is first asked for.</summary>
/// <param name="publicUrl">The URL under which the gateway is reached.</param>
public sealed class OpenApiHandler(string publicUrl) : IGatewayHandler
{
    private readonly Lazy<GatewayResponse> answer =
        new(() => GatewayResponse.Json(200, OpenApiText.Write(publicUrl, RouteDescriptions.All)));

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.OpenApi;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken) => new(answer.Value);
}
