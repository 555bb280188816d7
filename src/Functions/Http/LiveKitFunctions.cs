using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>LiveKit's webhooks. Anonymous to the host: the gateway's router checks the signature.</summary>
public sealed class LiveKitFunctions(FunctionsHttpAdapter front)
{
    /// <summary>LiveKit's webhooks.</summary>
    [Function(nameof(GatewayRoutes.LiveKitWebhook))]
    public Task<HttpResponseData> WebhookAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "livekit/webhook")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => front.AnswerAsync(GatewayRoutes.LiveKitWebhook, request, client, cancellationToken);
}
