using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>The doors that are open to all: availability tests, and what the HTTP surface is.</summary>
public sealed class HealthFunctions(FunctionsHttpAdapter front)
{
    /// <summary>The process is alive.</summary>
    [Function(nameof(GatewayRoutes.Health))]
    public Task<HttpResponseData> HealthAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "healthz")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Health, request, cancellationToken);

    /// <summary>The same under another name.</summary>
    [Function(nameof(GatewayRoutes.HealthAlias))]
    public Task<HttpResponseData> HealthAliasAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.HealthAlias, request, cancellationToken);

    /// <summary>Where metrics are read on other hosts; this one exports them, and says so.</summary>
    [Function(nameof(GatewayRoutes.Metrics))]
    public Task<HttpResponseData> MetricsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "metrics")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Metrics, request, cancellationToken);

    /// <summary>The OpenAPI document.</summary>
    [Function(nameof(GatewayRoutes.OpenApi))]
    public Task<HttpResponseData> OpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.OpenApi, request, cancellationToken);

    /// <summary>The journal and LiveKit can be reached.</summary>
    [Function(nameof(GatewayRoutes.Ready))]
    public Task<HttpResponseData> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "readyz")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Ready, request, cancellationToken);
}
