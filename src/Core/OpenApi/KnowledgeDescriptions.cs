using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Knowledge;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>The descriptions of the routes with which documents are sent and asked.</summary>
internal static class KnowledgeDescriptions
{
    private const string Knowledge = "knowledge";
    private const string Text = """{"type":"string"}""";

    private static readonly string Question = $$"""
        {"type":"object","required":["query"],"properties":{
          "query":{"type":"string","maxLength":{{KnowledgeLimits.QueryLength}} },"tenant_id":{{Text}},
          "top_k":{"type":"integer","minimum":1,"maximum":{{KnowledgeLimits.MostResults}},"default":{{KnowledgeLimits.DefaultResults}} },
          "filters":{"type":"object","additionalProperties":{"type":["string","number","boolean"] } },
          "callId":{{Text}},"fence":{{Text}},"epoch":{"type":"integer","minimum":1},"job":{{Text}} } }
        """;

    private const string Sent = """
        {"type":"object","required":["text"],"properties":{
          "text":{"type":"string"},"source":{"type":"string","maxLength":256},"tenant_id":{"type":"string"},
          "document_id":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"},"metadata":{"type":"object"}}}
        """;

    private static readonly GatewayResponse BadParameter = Problem.BadParameter("");
    private static readonly GatewayResponse[] Store = [Problem.KnowledgeOff, Problem.KnowledgeUnavailable];

    /// <summary>The descriptions, in the order of the routes.</summary>
    public static IReadOnlyList<RouteDescription> All { get; } =
    [
        new(GatewayRoutes.RagQuery, Knowledge, "Searches the documents of a tenant, for the tenant or for the agent of its call.")
        {
            Request = Content.Json(Question),
            Answers = Ok("The best passages, best first.", Content.Json(KnowledgeJson.Default.RagAnswer)),
            Problems =
            [
                BadParameter, Problem.OtherTenant, Problem.NoTenant, Problem.LeaseWrongFence,
                Problem.LeaseSuperseded, .. Store,
            ],
            NeedsJournal = true,
        },
        new(GatewayRoutes.Ingest, Knowledge, "Stores a document, and replaces one with the same id. The answer comes when it is stored.")
        {
            Request = Content.Json(Sent),
            Answers = new Dictionary<int, Answer>
            {
                [202] = new("It is stored, and can be found now (ready) or in a moment (queued).", State),
            },
            Problems = [BadParameter, Problem.OtherTenant, Problem.KnowledgeFull, .. Store],
            NeedsJournal = true,
        },
        new(GatewayRoutes.Document, Knowledge, "The status of a document.")
        {
            Answers = Ok("The status.", State),
            Problems = [BadParameter, Problem.UnknownDocument, .. Store],
        },
        new(GatewayRoutes.DocumentDelete, Knowledge, "Deletes a document.")
        {
            Answers = Ok("It is deleted.", Content.Json(KnowledgeJson.Default.ForgottenAnswer)),
            Problems = [BadParameter, Problem.UnknownDocument, .. Store],
        },
    ];

    private static Content State => Content.Json(KnowledgeJson.Default.IngestAnswer);

    private static Dictionary<int, Answer> Ok(string meaning, Content content) => new() { [200] = new(meaning, content) };
}
