using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>Takes a document of a tenant. It is answered once it is kept.</summary>
/// <param name="desk">Leads to the store.</param>
/// <param name="events">Tells of it.</param>
/// <param name="publicPath">What stands before the routes in a URL; empty for nothing.</param>
internal sealed class IngestHandler(KnowledgeDesk desk, IngestEvents events, string publicPath) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Ingest;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var tenant = ((ApiCaller)request.Credential!).Tenant;
        if (IngestRequest.Parse(request.Body, out var error) is not { Document: var document } asked)
        {
            return Problem.BadParameter(error);
        }

        return asked.Tenant is not null && asked.Tenant != tenant
            ? Problem.OtherTenant
            : await desk.AskAsync(store => KeepAsync(store, tenant, document, cancellationToken));
    }

    private async Task<GatewayResponse> KeepAsync(
        IKnowledgeStore store, string tenant, KnowledgeDocument document, CancellationToken cancellationToken)
    {
        var outcome = await store.PutAsync(tenant, document, cancellationToken);
        if (outcome == PutOutcome.Full)
        {
            return Problem.KnowledgeFull;
        }

        var (id, passages) = (document.Id.Value, document.Passages.Count);
        await events.TellAsync(tenant, document, cancellationToken);
        return GatewayResponse.Json(
            202,
            new IngestAnswer(id, outcome == PutOutcome.Ready ? "ready" : "queued", document.Source, passages),
            KnowledgeJson.Default.IngestAnswer) with
        {
            Location = $"{publicPath}/{Route.Template}/{id}",
        };
    }
}
