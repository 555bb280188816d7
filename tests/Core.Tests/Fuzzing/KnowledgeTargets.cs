using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Knowledge;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>What tenants and agents send of documents.</summary>
internal static class KnowledgeTargets
{
    private static readonly string[] Words =
    [
        "\"", "{", "}", "[", "]", ":", ",", "null", "true", "\"text\":", "\"query\":", "\"filters\":{", "\"metadata\":{", "\\ud83d",
        "\\ude42", "\"top_k\":1e0", "\"document_id\":\"a.b\"", "\\u0000", "=",
    ];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new(
            "ingest-request",
            [
                """
                {"tenant_id":"golf","document_id":"rules-1","text":"Dogs are welcome. 🙂","source":"Rules",
                 "metadata":{"category":"support","page":1,"tags":["a",2,true,null,{}]} }
                """u8.ToArray(),
                """{"text":"x","metadata":null}"""u8.ToArray(),
            ],
            Words,
            CheckIngest),
        new(
            "rag-request",
            [
                """
                {"query":"Are dogs welcome? 🙂","tenant_id":"golf","top_k":3,"filters":{"category":"support","page":1,"public":true},
                 "callId":"abcdefghijklmnopqrstuvwxyz","fence":"abc","epoch":1,"job":"AJ_b6QfIumAiunW"}
                """u8.ToArray(),
                """{"query":"x","filters":null}"""u8.ToArray(),
            ],
            Words,
            body => $"{CheckQuestion(body, byAgent: false)} {CheckQuestion(body, byAgent: true)}"),
    ];

    /// <summary>A document is whole and within its limits, or refused with a sentence.</summary>
    private static string CheckIngest(byte[] body)
    {
        var request = IngestRequest.Parse(body, out var error);
        Assert.Equal(request is null, error.Length > 0);
        if (request is not { Document: var document })
        {
            return error;
        }

        Assert.True(DocumentId.TryParse(document.Id.Value, out _), "no document's id");
        Assert.NotEmpty(document.Passages);
        Assert.All(document.Passages, passage => Assert.InRange(passage.Length, 1, PassageCutter.MaxLength));
        Assert.All(document.Passages, passage => Assert.Equal(passage, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(passage))));
        Assert.True(document.Metadata is null || JsonNode.Parse(document.Metadata) is JsonObject, "metadata that do not come back");
        Assert.All(document.Labels, label => Assert.Contains('=', label));
        return $"{document.Passages.Count} {document.Labels.Count} {document.Metadata is null} {request.Tenant is null}";
    }

    /// <summary>A question is whole and within its limits, or refused with a sentence.</summary>
    private static string CheckQuestion(byte[] body, bool byAgent)
    {
        var request = RagRequest.Parse(body, byAgent, out var error);
        Assert.Equal(request is null, error.Length > 0);
        if (request is not { Question: var question })
        {
            return error;
        }

        Assert.Equal(byAgent, request.Job is not null);
        Assert.InRange(question.Text.Length, 1, KnowledgeLimits.QueryLength);
        Assert.InRange(question.Most, 1, KnowledgeLimits.MostResults);
        Assert.InRange(question.Labels.Count, 0, KnowledgeLimits.Filters);
        return $"{question.Most} {question.Labels.Count} {request.Tenant is null}";
    }
}
