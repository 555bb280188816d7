using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>What operators and applications do. Anonymous to the host: the gateway's router checks who asks.</summary>
public sealed class OperationFunctions(FunctionsHttpAdapter front)
{
    /// <summary>Ends a call.</summary>
    [Function(nameof(GatewayRoutes.CallEnd))]
    public Task<HttpResponseData> CallEndAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/end")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => front.AnswerAsync(GatewayRoutes.CallEnd, request, client, cancellationToken);

    /// <summary>An agent or a client reports what it measures.</summary>
    [Function(nameof(GatewayRoutes.CallQuality))]
    public Task<HttpResponseData> CallQualityAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/quality")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => front.AnswerAsync(GatewayRoutes.CallQuality, request, client, cancellationToken);
}
