using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>The routes of events that were not taken. Anonymous to the host: the gateway's router checks token and key.</summary>
public sealed class EventFunctions(FunctionsHttpAdapter front)
{
    /// <summary>The dead letters.</summary>
    [Function(nameof(GatewayRoutes.DeadLetters))]
    public Task<HttpResponseData> DeadLettersAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "events/dead")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.DeadLetters, request, cancellationToken);

    /// <summary>Hands a dead letter over once more.</summary>
    [Function(nameof(GatewayRoutes.DeadLetterReplay))]
    public Task<HttpResponseData> DeadLetterReplayAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "events/dead/{id}/replay")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.DeadLetterReplay, request, cancellationToken);
}
