using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>
/// The console. Anonymous to the host: the page holds no data, and the gateway's router checks the key of what it asks for.
/// </summary>
public sealed class ConsoleFunctions(FunctionsHttpAdapter front)
{
    /// <summary>The page.</summary>
    [Function(nameof(GatewayRoutes.ConsolePage))]
    public Task<HttpResponseData> PageAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.ConsolePage, request, cancellationToken);

    /// <summary>A file of the page.</summary>
    [Function(nameof(GatewayRoutes.ConsoleFile))]
    public Task<HttpResponseData> FileAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/{file}")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.ConsoleFile, request, cancellationToken);

    /// <summary>The calls that go on.</summary>
    [Function(nameof(GatewayRoutes.ConsoleCalls))]
    public Task<HttpResponseData> CallsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/calls")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.ConsoleCalls, request, cancellationToken);

    /// <summary>Says that this host sends no events as they happen.</summary>
    [Function(nameof(GatewayRoutes.ConsoleStream))]
    public Task<HttpResponseData> StreamAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/stream")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.ConsoleStream, request, cancellationToken);
}
