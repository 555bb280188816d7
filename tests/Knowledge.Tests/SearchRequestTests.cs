using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Knowledge.AzureSearch;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Knowledge;

/// <summary>What is sent to Azure AI Search, and what becomes of its refusals.</summary>
public sealed class SearchRequestTests : IDisposable
{
    private const string Tenant = "golf";

    private readonly SearchServer server = new();
    private readonly EmbeddingBench embeddings = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        server.Dispose();
        embeddings.Dispose();
    }

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
        Assert.Null(body["vectorQueries"]);
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
        await Hybrid().PutAsync(Tenant, Text("dogs", 1) with { Labels = ["a=b"], Metadata = """{"a":"b"}""" }, Stop);

        var made = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs", "knowledge-index.json"), Stop))!["fields"]!
            .AsArray()
            .Select(field => (string)field!["name"]!);

        Assert.Equal(
            made.Order(StringComparer.Ordinal),
            server.Rows.Values.Single().Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_service_of_embeddings_rows_have_no_vector()
    {
        await Store().PutAsync(Tenant, Text("dogs", 1), Stop);

        Assert.False(Assert.Single(server.Rows.Values).ContainsKey(SearchRows.Vector));
    }

    [Fact]
    public async Task With_one_a_question_is_words_and_vector_in_one_request_under_the_tenants_filter()
    {
        var store = Hybrid();
        await store.PutAsync(Tenant, Text("dogs", 1), Stop);
        server.Requests.Clear();

        var hit = Assert.Single(await store.SearchAsync(Tenant, new KnowledgeQuestion("the dogs", 3) { Labels = [] }, Stop));

        var body = Assert.Single(server.Requests).Body!;
        Assert.Equal(("the dogs", "tenant_id eq 'golf'", 3), ((string?)body["search"], (string?)body["filter"], (int?)body["top"]));
        Assert.Null(body["vectorFilterMode"]); // The service's default: the filter holds before the vector looks.
        var query = Assert.Single(body["vectorQueries"]!.AsArray())!;
        Assert.Equal(("vector", "vector", 50), ((string?)query["kind"], (string?)query["fields"], (int?)query["k"]));
        Assert.Equal(EmbeddingBench.VectorOf("the dogs"), query["vector"]!.AsArray().Select(number => (float)number!));
        Assert.Equal(((1.0 / 61) + (1.0 / 62)) * 61 / 2, hit.Score, 6);
    }

    [Fact]
    public async Task Passages_get_their_vectors_some_at_a_time_and_each_its_own()
    {
        await Hybrid().PutAsync(Tenant, Text("long", 150), Stop);

        Assert.Equal([64, 64, 22], embeddings.Requests.Select(request => request.Body["input"]!.AsArray().Count));
        Assert.All(embeddings.Requests, request => Assert.Equal(
            ($"Bearer {EmbeddingBench.Key}", null, "small"), (request.Bearer, request.ApiKey, (string?)request.Body["model"])));
        Assert.All(server.Rows.Values, row => Assert.Equal(
            EmbeddingBench.VectorOf((string)row["text"]!), row["vector"]!.AsArray().Select(number => (float)number!)));
    }

    [Fact]
    public async Task Azure_gets_the_key_in_its_own_header_and_no_model_where_the_address_says_it()
    {
        var address = new Uri("https://name.openai.azure.com/openai/deployments/small/embeddings?api-version=2024-02-01");

        await embeddings.Embeddings(address, model: null).OfAsync(["dogs"], Embeddings.QuestionBudget, Stop);

        var (asked, bearer, key, body) = Assert.Single(embeddings.Requests);
        Assert.Equal((address, null, EmbeddingBench.Key), (asked, bearer, key));
        Assert.Equal("""{"input":["dogs"]}""", body.ToJsonString());
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "no json")]
    [InlineData(200, """{"data":[]}""")]
    [InlineData(200, """{"data":[null]}""")]
    [InlineData(200, """{"data":[{"index":1,"embedding":[1]}]}""")]
    [InlineData(200, """{"data":[{"index":0,"embedding":[]}]}""")]
    public async Task While_no_vectors_are_to_be_had_no_document_is_kept_and_questions_are_asked_by_words_alone(int status, string answer)
    {
        var store = Hybrid();
        await store.PutAsync(Tenant, Text("dogs", 1), Stop);
        embeddings.Instead = () => new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(answer, Encoding.UTF8, "application/json"),
        };

        await Assert.ThrowsAsync<KnowledgeUnavailableException>(() => store.PutAsync(Tenant, Text("cats", 1), Stop));
        var hit = Assert.Single(await store.SearchAsync(Tenant, new KnowledgeQuestion("dogs", 3), Stop));

        Assert.Equal("dogs word 0", hit.Text);
        Assert.Single(server.Rows);
        Assert.Null(server.Requests.Last().Body!["vectorQueries"]);
    }

    [Fact]
    public async Task The_vector_field_of_the_documented_index_has_a_profile_that_is_there()
    {
        var index = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs", "knowledge-index.json"), Stop))!;

        var field = index["fields"]!.AsArray().Single(one => (string)one!["name"]! == SearchRows.Vector)!;
        var profile = index["vectorSearch"]!["profiles"]!.AsArray()
            .Single(one => (string)one!["name"]! == (string)field["vectorSearchProfile"]!)!;

        Assert.Equal(("Collection(Edm.Single)", true), ((string?)field["type"], (bool?)field["searchable"]));
        Assert.Contains(
            (string)profile["algorithm"]!, index["vectorSearch"]!["algorithms"]!.AsArray().Select(one => (string)one!["name"]!));
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

    private SearchServiceKnowledge Store(string? semantic = null) => new(server.Client(), semantic, null, NullLogger.Instance);

    private SearchServiceKnowledge Hybrid() => new(server.Client(), null, embeddings.Embeddings(), NullLogger.Instance);

    private static KnowledgeDocument Text(string id, int passages) =>
        new(Id(id), id, [.. Enumerable.Range(0, passages).Select(number => $"{id} word {number}")]);

    private static DocumentId Id(string text) => DocumentId.TryParse(text, out var id) ? id : throw new ArgumentException(text);
}
