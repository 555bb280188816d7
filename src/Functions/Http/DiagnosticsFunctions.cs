using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Functions.Http;

/// <summary>The operator's routes. Anonymous to the host: the gateway's router checks the diagnostics key.</summary>
public sealed class DiagnosticsFunctions(FunctionsHttpAdapter front)
{
    /// <summary>One call's record.</summary>
    [Function(nameof(GatewayRoutes.Call))]
    public Task<HttpResponseData> CallAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "calls/{callId}")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Call, request, cancellationToken);

    /// <summary>The proof of one call.</summary>
    [Function(nameof(GatewayRoutes.CallProof))]
    public Task<HttpResponseData> CallProofAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "calls/{callId}/proof")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CallProof, request, cancellationToken);

    /// <summary>One call on one axis of time.</summary>
    [Function(nameof(GatewayRoutes.CallTimeline))]
    public Task<HttpResponseData> CallTimelineAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "calls/{callId}/timeline")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CallTimeline, request, cancellationToken);

    /// <summary>What one call cost.</summary>
    [Function(nameof(GatewayRoutes.CallCost))]
    public Task<HttpResponseData> CallCostAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "calls/{callId}/cost")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.CallCost, request, cancellationToken);

    /// <summary>The calls, and the newest call of a room.</summary>
    [Function(nameof(GatewayRoutes.Calls))]
    public Task<HttpResponseData> CallsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "calls")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Calls, request, cancellationToken);
}
