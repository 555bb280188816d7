using System.Text.Json.Nodes;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Knowledge.AzureSearch;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Knowledge;

/// <summary>What is sent to Azure AI Search, and what becomes of its refusals.</summary>
public sealed class SearchRequestTests : IDisposable
{
    private const string Tenant = "golf";

    private readonly SearchServer server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task A_question_carries_the_key_the_tenant_the_filters_and_no_operators()
    {
        await Store().SearchAsync(Tenant, new KnowledgeQuestion("-dogs* \"on\" the +course", 4) { Labels = ["category=support"] }, Stop);

        var (method, target, key, body) = Assert.Single(server.Requests);
        Assert.Equal(("POST", SearchServer.Key), (method, key));
        Assert.StartsWith(
            $"/indexes('{SearchServer.Index}')/docs/search.post.search?api-version=",
            Uri.UnescapeDataString(target),
            StringComparison.Ordinal);
        Assert.Equal("dogs on the course", string.Join(' ', ((string)body!["search"]!).Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("tenant_id eq 'golf' and labels/any(l: l eq 'category=support')", (string?)body["filter"]);
        Assert.Equal(4, (int?)body["top"]);
        Assert.Null(body["semanticConfiguration"]);
    }

    [Fact]
    public async Task With_a_semantic_configuration_answers_are_ranked_by_it_and_its_score_is_shown()
    {
        var store = Store(semantic: "default");
        await store.PutAsync(Tenant, Text("dogs", 1), Stop);

        var hit = Assert.Single(await store.SearchAsync(Tenant, new KnowledgeQuestion("dogs", 3), Stop));

        var body = server.Requests.Last().Body!;
        Assert.Equal(("semantic", "default"), ((string?)body["queryType"], (string?)body["semanticConfiguration"]));
        Assert.Equal(0.75, hit.Score);
    }

    [Fact]
    public async Task The_rows_have_the_fields_of_the_index_that_the_documentation_tells_to_make()
    {
        await Store().PutAsync(Tenant, Text("dogs", 1) with { Labels = ["a=b"], Metadata = """{"a":"b"}""" }, Stop);

        var made = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs", "knowledge-index.json"), Stop))!["fields"]!
            .AsArray()
            .Select(field => (string)field!["name"]!);

        Assert.Equal(
            made.Order(StringComparer.Ordinal),
            server.Rows.Values.Single().Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_long_document_is_sent_in_parts_and_what_stands_for_it_comes_last()
    {
        await Store().PutAsync(Tenant, Text("long", 450), Stop);

        Assert.Equal(450, server.Rows.Count);
        Assert.Equal(450, (await Store().FindAsync(Tenant, Id("long"), Stop))!.Passages);
        var batches = server.Requests.Where(request => request.Target.Contains("search.index", StringComparison.Ordinal)).ToList();
        Assert.All(batches, batch => Assert.InRange(batch.Body!["value"]!.AsArray().Count, 1, 200));
        Assert.Equal(0, (int?)Assert.Single(batches[^1].Body!["value"]!.AsArray())!["number"]);
    }

    [Fact]
    public async Task A_row_that_is_not_taken_and_a_service_that_is_away_are_told_and_the_same_document_can_be_sent_again()
    {
        var store = Store();
        await store.PutAsync(Tenant, Text("dogs", 3), Stop);
        server.Refuses = key => key.EndsWith("-2", StringComparison.Ordinal);
        await Assert.ThrowsAsync<KnowledgeUnavailableException>(() => store.PutAsync(Tenant, Text("dogs", 1), Stop));
        server.Refuses = _ => false;

        await store.PutAsync(Tenant, Text("dogs", 1), Stop);

        Assert.Single(server.Rows);
        server.Failure = 503;
        await Assert.ThrowsAsync<KnowledgeUnavailableException>(
            () => store.SearchAsync(Tenant, new KnowledgeQuestion("dogs", 3), Stop));
        server.Failure = 403;
        await Assert.ThrowsAsync<KnowledgeUnavailableException>(() => store.FindAsync(Tenant, Id("dogs"), Stop));
    }

    private SearchServiceKnowledge Store(string? semantic = null) => new(server.Client(), semantic);

    private static KnowledgeDocument Text(string id, int passages) =>
        new(Id(id), id, [.. Enumerable.Range(0, passages).Select(number => $"{id} word {number}")]);

    private static DocumentId Id(string text) => DocumentId.TryParse(text, out var id) ? id : throw new ArgumentException(text);
}
