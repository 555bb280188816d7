using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>Who may call the API. Anonymous to the host: the handler checks the tenant's key.</summary>
public sealed class AccessFunctions(FunctionsHttpAdapter front)
{
    /// <summary>A tenant gets an access token.</summary>
    [Function(nameof(GatewayRoutes.AuthToken))]
    public Task<HttpResponseData> TokenAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "auth/token")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.AuthToken, request, cancellationToken);

    /// <summary>The public keys of access tokens.</summary>
    [Function(nameof(GatewayRoutes.Jwks))]
    public Task<HttpResponseData> JwksAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ".well-known/jwks.json")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Jwks, request, cancellationToken);

    /// <summary>A tenant gets a further key.</summary>
    [Function(nameof(GatewayRoutes.KeyMake))]
    public Task<HttpResponseData> KeyMakeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "admin/tenants/{tenant}/keys")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.KeyMake, request, cancellationToken);

    /// <summary>A tenant's keys.</summary>
    [Function(nameof(GatewayRoutes.KeyList))]
    public Task<HttpResponseData> KeyListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "admin/tenants/{tenant}/keys")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.KeyList, request, cancellationToken);

    /// <summary>A key is revoked.</summary>
    [Function(nameof(GatewayRoutes.KeyRevoke))]
    public Task<HttpResponseData> KeyRevokeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "admin/tenants/{tenant}/keys")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.KeyRevoke, request, cancellationToken);
}
