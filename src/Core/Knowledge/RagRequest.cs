using System.Text.Json;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>What <c>POST /rag/query</c> is asked.</summary>
/// <param name="Tenant">The tenant; <c>null</c> for that of the token.</param>
/// <param name="Question">The question.</param>
internal sealed record RagRequest(string? Tenant, KnowledgeQuestion Question)
{
    /// <summary>The job that asks, and its lease; <c>null</c> where a tenant does.</summary>
    public LeaseRequest? Job { get; init; }

    /// <summary>
    /// Reads <c>{"query","tenant_id","top_k","filters"}</c>, with <c>callId</c>, <c>fence</c>, <c>epoch</c> and <c>job</c> of an agent;
    /// further fields are passed over.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="byAgent">Whether it must be a job's.</param>
    /// <param name="error">What is wrong, in a sentence that names the field and repeats nothing of the body.</param>
    public static RagRequest? Parse(ReadOnlyMemory<byte> body, bool byAgent, out string error) =>
        JsonRequest.ReadFields<RagRequest>(
            body,
            (json, out wrong) =>
            {
                LeaseRequest? job = null;
                return byAgent && (job = LeaseRequest.Read(json, out wrong)) is null
                    ? null
                    : Read(json, out wrong) is { } request ? request with { Job = job } : null;
            },
            out error);

    private static RagRequest? Read(JsonElement json, out string error)
    {
        var query = JsonRequest.TextOf(json, "query")?.Trim();
        var most = KnowledgeLimits.DefaultResults;
        error = string.IsNullOrEmpty(query) ? "query is missing or no text."
            : query.Length > KnowledgeLimits.QueryLength ? $"query must not be longer than {KnowledgeLimits.QueryLength} characters."
            : KnowledgeFields.Given(json, "top_k") is { } asked
                && !(asked.ValueKind == JsonValueKind.Number && asked.TryGetInt32(out most)
                    && most is >= 1 and <= KnowledgeLimits.MostResults)
                ? $"top_k must be a whole number from 1 to {KnowledgeLimits.MostResults}."
            : KnowledgeFields.TextFault(json, "tenant_id") ?? "";
        var labels = Filters(json, ref error);
        return error.Length > 0 ? null : new RagRequest(
            JsonRequest.TextOf(json, "tenant_id"), new KnowledgeQuestion(query!, most) { Labels = labels });
    }

    private static List<string> Filters(JsonElement json, ref string error)
    {
        if (error.Length > 0 || KnowledgeFields.Given(json, "filters") is not { } filters)
        {
            return [];
        }

        if (filters.ValueKind != JsonValueKind.Object)
        {
            error = "filters must be a JSON object.";
            return [];
        }

        var labels = filters.EnumerateObject().Select(filter => DocumentLabels.Label(filter.Name, filter.Value)).ToList();
        error = labels.Count > KnowledgeLimits.Filters ? $"filters must not have more than {KnowledgeLimits.Filters} fields."
            : labels.Contains(null) ? "filters may hold names of letters, digits, '_', '.' and '-', and as values texts of up to "
                + $"{DocumentLabels.MaxValueLength} characters, numbers, true and false."
            : "";
        return [.. labels.OfType<string>()];
    }
}
