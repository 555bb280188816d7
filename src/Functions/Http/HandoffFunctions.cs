using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>Requests for humans. Anonymous to the host: the gateway's router checks the access token or the agent's.</summary>
public sealed class HandoffFunctions(FunctionsHttpAdapter front)
{
    /// <summary>An agent or an operator asks for a human for a call.</summary>
    [Function(nameof(GatewayRoutes.CallHandoff))]
    public Task<HttpResponseData> CallHandoffAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/handoff")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CallHandoff, request, client, cancellationToken);

    /// <summary>The same with the call's id in the body.</summary>
    [Function(nameof(GatewayRoutes.Handoff))]
    public Task<HttpResponseData> HandoffAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "handoff")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Handoff, request, client, cancellationToken);
}
