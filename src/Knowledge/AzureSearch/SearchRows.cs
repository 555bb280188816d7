using System.Security.Cryptography;
using System.Text;
using Azure.Search.Documents.Models;
using VoiceFunctions.Core.Knowledge;

namespace VoiceFunctions.Knowledge.AzureSearch;

/// <summary>
/// How a document is laid down in an index of Azure AI Search: a row for each passage, the first of which stands for the document. Its
/// fields are those of docs/knowledge-index.json.
/// </summary>
internal static class SearchRows
{
    public const string Tenant = "tenant_id";
    public const string Number = "number";
    public const string Text = "text";
    public const string Source = "source";
    public const string Labels = "labels";
    public const string Vector = "vector";
    private const string Id = "id";
    private const string DocumentIdField = "document_id";
    private const string Passages = "passages";
    private const string Metadata = "metadata";

    /// <summary>The fields that an answer needs.</summary>
    public static IReadOnlyList<string> Shown { get; } = [Text, Source, DocumentIdField, Metadata];

    /// <summary>The key of a passage: of the tenant, so that no two share one, and the same when the document is sent again.</summary>
    public static string KeyOf(string tenant, DocumentId id, int number) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\n{id.Value}")))[..40]}-{number}";

    /// <summary>A passage as a row; with its vector where there is one.</summary>
    public static SearchDocument Of(string tenant, KnowledgeDocument document, int number, float[]? vector)
    {
        var row = Of(tenant, document, number);
        if (vector is not null)
        {
            row[Vector] = vector;
        }

        return row;
    }

    private static SearchDocument Of(string tenant, KnowledgeDocument document, int number) => new()
    {
        [Id] = KeyOf(tenant, document.Id, number),
        [Tenant] = tenant,
        [DocumentIdField] = document.Id.Value,
        [Number] = number,
        [Passages] = document.Passages.Count,
        [Text] = document.Passages[number],
        [Source] = document.Source,
        [Labels] = document.Labels.ToArray(),
        [Metadata] = document.Metadata,
    };

    public static IndexDocumentsAction<SearchDocument> Upload(
        string tenant, KnowledgeDocument document, int number, float[]? vector) =>
        IndexDocumentsAction.Upload(Of(tenant, document, number, vector));

    public static IndexDocumentsAction<SearchDocument> Delete(string tenant, DocumentId id, int number) =>
        IndexDocumentsAction.Delete(new SearchDocument { [Id] = KeyOf(tenant, id, number) });

    public static DocumentState StateOf(DocumentId id, SearchDocument head) =>
        new(id, head.GetString(Source), head.GetInt32(Passages) ?? 0);

    /// <summary>A passage that was found.</summary>
    /// <param name="found">What the service says.</param>
    /// <param name="isHybrid">Whether it was asked by words and by a vector.</param>
    public static KnowledgeHit HitOf(SearchResult<SearchDocument> found, bool isHybrid) => new(
        found.Document.GetString(Text),
        found.Document.GetString(Source),
        ScoreOf(found, isHybrid),
        found.Document.GetString(DocumentIdField),
        found.Document.GetString(Metadata));

    /// <summary>
    /// The semantic ranker gives 0 to 4, the words alone a score without an upper end, and words and vector together the sum of one through
    /// 60 and its place for each: 2/61 for what is first by both.
    /// </summary>
    private static double ScoreOf(SearchResult<SearchDocument> found, bool isHybrid) =>
        found.SemanticSearch?.RerankerScore is { } reranked ? reranked / 4
        : isHybrid ? Math.Min(1, (found.Score ?? 0) * 61 / 2)
        : KnowledgeHit.Bounded(found.Score ?? 0);
}
