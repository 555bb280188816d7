using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>What <c>POST /ingest</c> and <c>GET /ingest/{document_id}</c> answer.</summary>
internal sealed record IngestAnswer(string DocumentId, string Status, string Source, int Passages);

/// <summary>What <c>DELETE /ingest/{document_id}</c> answers.</summary>
internal sealed record ForgottenAnswer(string DocumentId, string Status);

/// <summary>What <c>POST /rag/query</c> answers.</summary>
internal sealed record RagAnswer(IReadOnlyList<RagResult> Results, double TookMs);

/// <summary>A passage of the answer.</summary>
internal sealed record RagResult(string Text, string Source, double Score, string DocumentId, JsonElement Metadata);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IngestAnswer))]
[JsonSerializable(typeof(ForgottenAnswer))]
[JsonSerializable(typeof(RagAnswer))]
internal sealed partial class KnowledgeJson : JsonSerializerContext;
