using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>The routes of agents' jobs. Anonymous to the host: the gateway's router checks the LiveKit token.</summary>
public sealed class AgentFunctions(FunctionsHttpAdapter front)
{
    /// <summary>An agent's job asks whether it is the one that may speak.</summary>
    [Function(nameof(GatewayRoutes.AgentLease))]
    public Task<HttpResponseData> LeaseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/lease")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.AgentLease, request, cancellationToken);

    /// <summary>An agent's job says that it has finished.</summary>
    [Function(nameof(GatewayRoutes.AgentDone))]
    public Task<HttpResponseData> DoneAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/done")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.AgentDone, request, client, cancellationToken);
}
