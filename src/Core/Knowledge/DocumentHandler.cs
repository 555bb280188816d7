using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>Says how a document of a tenant stands, or forgets it.</summary>
/// <param name="route">Which of the two.</param>
/// <param name="desk">Leads to the store.</param>
internal sealed class DocumentHandler(GatewayRoute route, KnowledgeDesk desk) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => route;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var tenant = ((ApiCaller)request.Credential!).Tenant;
        return DocumentId.TryParse(Route.ParameterOf(request.RawPath), out var id)
            ? await desk.AskAsync(async store =>
                Route.IsRead ? StateOf(await store.FindAsync(tenant, id, cancellationToken))
                : await store.DeleteAsync(tenant, id, cancellationToken) ? Forgotten(id)
                : Problem.UnknownDocument)
            : Problem.BadParameter($"document_id {DocumentId.Rule}.");
    }

    private static GatewayResponse Forgotten(DocumentId id) =>
        GatewayResponse.Json(200, new ForgottenAnswer(id.Value, "deleted"), KnowledgeJson.Default.ForgottenAnswer);

    private static GatewayResponse StateOf(DocumentState? state) => state is null ? Problem.UnknownDocument : GatewayResponse.Json(
        200, new IngestAnswer(state.Id.Value, "ready", state.Source, state.Passages), KnowledgeJson.Default.IngestAnswer);
}
