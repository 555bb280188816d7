using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>The routes of recordings. Anonymous to the host: the gateway's router checks the access token or the key.</summary>
public sealed class RecordingFunctions(FunctionsHttpAdapter front)
{
    /// <summary>Somebody wants a call recorded.</summary>
    [Function(nameof(GatewayRoutes.RecordingStart))]
    public Task<HttpResponseData> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/recording/start")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.RecordingStart, request, client, cancellationToken);

    /// <summary>Somebody wants a call recorded no longer.</summary>
    [Function(nameof(GatewayRoutes.RecordingStop))]
    public Task<HttpResponseData> StopAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/recording/stop")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.RecordingStop, request, client, cancellationToken);

    /// <summary>Somebody wants a call not recorded for now.</summary>
    [Function(nameof(GatewayRoutes.RecordingPause))]
    public Task<HttpResponseData> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/recording/pause")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.RecordingPause, request, client, cancellationToken);
}
