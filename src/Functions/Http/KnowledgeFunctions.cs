using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Functions.Http;

/// <summary>Documents of tenants. Anonymous to the host: the gateway's router checks the access token or the agent's.</summary>
public sealed class KnowledgeFunctions(FunctionsHttpAdapter front)
{
    /// <summary>A tenant, or the agent of its call, asks.</summary>
    [Function(nameof(GatewayRoutes.RagQuery))]
    public Task<HttpResponseData> RagQueryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "rag/query")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.RagQuery, request, cancellationToken);

    /// <summary>A tenant sends a document.</summary>
    [Function(nameof(GatewayRoutes.Ingest))]
    public Task<HttpResponseData> IngestAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "ingest")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Ingest, request, cancellationToken);

    /// <summary>How a document stands.</summary>
    [Function(nameof(GatewayRoutes.Document))]
    public Task<HttpResponseData> DocumentAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "ingest/{document_id}")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.Document, request, cancellationToken);

    /// <summary>A tenant has a document forgotten.</summary>
    [Function(nameof(GatewayRoutes.DocumentDelete))]
    public Task<HttpResponseData> DocumentDeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "ingest/{document_id}")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        front.AnswerAsync(GatewayRoutes.DocumentDelete, request, cancellationToken);
}
