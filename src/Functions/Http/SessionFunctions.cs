using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>Calls without a phone. Anonymous to the host: the gateway's router checks the access token.</summary>
public sealed class SessionFunctions(FunctionsHttpAdapter front)
{
    /// <summary>A tenant begins a call whose caller joins with a token.</summary>
    [Function(nameof(GatewayRoutes.CallStart))]
    public Task<HttpResponseData> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "call/start")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CallStart, request, client, cancellationToken);

    /// <summary>How such a call stands.</summary>
    [Function(nameof(GatewayRoutes.CallState))]
    public Task<HttpResponseData> StateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "call/{callId}")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CallState, request, cancellationToken);

    /// <summary>A tenant begins a call by the name of a session.</summary>
    [Function(nameof(GatewayRoutes.Session))]
    public Task<HttpResponseData> SessionAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "session")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Session, request, client, cancellationToken);

    /// <summary>Ends a call.</summary>
    [Function(nameof(GatewayRoutes.CallStop))]
    public Task<HttpResponseData> StopAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "call/{callId}/end")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CallStop, request, client, cancellationToken);

    /// <summary>Ends the call of a session.</summary>
    [Function(nameof(GatewayRoutes.SessionEnd))]
    public Task<HttpResponseData> SessionEndAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "session/end")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.SessionEnd, request, client, cancellationToken);

    /// <summary>A tenant gets a token with which somebody else joins a call.</summary>
    [Function(nameof(GatewayRoutes.CallTokens))]
    public Task<HttpResponseData> TokensAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/tokens")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CallTokens, request, cancellationToken);
}
