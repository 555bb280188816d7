using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Functions.Http;

/// <summary>The agents' door. Anyone may knock; a LiveKit token for the call's room decides who comes in.</summary>
public sealed class AgentFunctions(FunctionsHttpAdapter front)
{
    /// <summary>An agent's job asks whether it is the one that may speak.</summary>
    [Function(nameof(GatewayRoutes.AgentLease))]
    public Task<HttpResponseData> LeaseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/lease")] HttpRequestData request, CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.AgentLease, request, cancellationToken);
}
