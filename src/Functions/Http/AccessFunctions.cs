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
}
