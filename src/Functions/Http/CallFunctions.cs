using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>Calls that tenants ask for. Anonymous to the host: the gateway's router checks the access token.</summary>
public sealed class CallFunctions(FunctionsHttpAdapter front)
{
    /// <summary>A call to a phone.</summary>
    [Function(nameof(GatewayRoutes.CreateCall))]
    public Task<HttpResponseData> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CreateCall, request, client, cancellationToken);

    /// <summary>The same under another name.</summary>
    [Function(nameof(GatewayRoutes.CreateTelephonyCall))]
    public Task<HttpResponseData> CreateTelephonyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "telephony/calls")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CreateTelephonyCall, request, client, cancellationToken);
}
