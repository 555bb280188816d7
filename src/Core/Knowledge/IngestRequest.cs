using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Requests;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>What <c>POST /ingest</c> is asked.</summary>
/// <param name="Tenant">The tenant; <c>null</c> for that of the access token.</param>
/// <param name="Document">The document.</param>
internal sealed record IngestRequest(string? Tenant, KnowledgeDocument Document)
{
    /// <summary>
    /// Reads <c>{"text","source","document_id","tenant_id","metadata"}</c>; only the text is needed, and further fields are passed over.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="error">What is wrong, in a sentence that names the field and repeats nothing of the body.</param>
    public static IngestRequest? Parse(ReadOnlyMemory<byte> body, out string error) =>
        JsonRequest.ReadFields<IngestRequest>(body, Read, out error);

    private static IngestRequest? Read(JsonElement json, out string error)
    {
        var text = JsonRequest.TextOf(json, "text");
        var source = JsonRequest.TextOf(json, "source") is { } given && !string.IsNullOrWhiteSpace(given) ? given : null;
        var named = KnowledgeFields.Given(json, "document_id");
        DocumentId? id = null;
        error = string.IsNullOrWhiteSpace(text) ? "text is missing or no text."
            : Encoding.UTF8.GetByteCount(text) > KnowledgeLimits.DocumentBytes
                ? $"text must not have more than {KnowledgeLimits.DocumentBytes} bytes. Send a longer one as several documents."
            : named is not null && !DocumentId.TryParse(JsonRequest.TextOf(json, "document_id"), out id) ? $"document_id {DocumentId.Rule}."
            : KnowledgeFields.TextFault(json, "source") ?? KnowledgeFields.TextFault(json, "tenant_id") ?? "";
        RequestFields.CheckWord(source, "source", ref error);
        var metadata = RequestFields.ObjectOf(KnowledgeFields.Given(json, "metadata"), "metadata", ref error);
        if (error.Length > 0)
        {
            return null;
        }

        id ??= DocumentId.Of(source ?? "", text!);
        var document = new KnowledgeDocument(id, source ?? id.Value, PassageCutter.Cut(text!))
        {
            Metadata = metadata,
            Labels = metadata is null ? [] : DocumentLabels.Of(json.GetProperty("metadata")),
        };
        return new IngestRequest(JsonRequest.TextOf(json, "tenant_id"), document);
    }
}
