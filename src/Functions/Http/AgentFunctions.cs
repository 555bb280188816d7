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

    /// <summary>An agent's job says whether its caller agrees to a recording.</summary>
    [Function(nameof(GatewayRoutes.AgentConsent))]
    public Task<HttpResponseData> ConsentAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/consent")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.AgentConsent, request, client, cancellationToken);

    /// <summary>An agent's job says who answered the phone that we called.</summary>
    [Function(nameof(GatewayRoutes.AgentAnsweredBy))]
    public Task<HttpResponseData> AnsweredByAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/answered-by")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.AgentAnsweredBy, request, client, cancellationToken);

    /// <summary>An agent's job uses a tool of its tenant's.</summary>
    [Function(nameof(GatewayRoutes.Tool))]
    public Task<HttpResponseData> ToolAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tools/{name}")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Tool, request, cancellationToken);
}
