using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Sessions;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Knowledge;

public sealed class KnowledgeRouteTests
{
    private readonly SessionBench bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_is_sent_and_asked_as_seed_004_says()
    {
        var sent = await bench.PostAsync("/ingest", """
            {"tenant_id":"golf","text":"Our support hours are Sunday to Thursday, 9 AM to 6 PM UAE time.","source":"FAQ - Support Hours",
             "metadata":{"page":1,"url":"https://example.com/faq","category":"support"} }
            """);

        Assert.Equal(202, sent.Status);
        var id = JsonNode.Parse(sent.Body.Span)!["document_id"]!.GetValue<string>();
        AssertJson($$"""{"document_id":"{{id}}","status":"ready","source":"FAQ - Support Hours","passages":1}""", sent);
        Assert.Equal($"/ingest/{id}", sent.Location);

        var answer = await bench.PostAsync(
            "/rag/query",
            """{"query":"What are your support hours?","tenant_id":"golf","top_k":3,"filters":{"category":"support"} }""");

        Assert.Equal(200, answer.Status);
        var json = JsonNode.Parse(answer.Body.Span)!;
        var result = Assert.Single(json["results"]!.AsArray())!;
        Assert.Equal("Our support hours are Sunday to Thursday, 9 AM to 6 PM UAE time.", (string?)result["text"]);
        Assert.Equal(("FAQ - Support Hours", id), ((string?)result["source"], (string?)result["document_id"]));
        Assert.InRange((double)result["score"]!, 0.01, 0.99);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"page":1,"url":"https://example.com/faq","category":"support"}"""), result["metadata"]));
        Assert.Equal(0, (double)json["took_ms"]!);
    }

    [Fact]
    public async Task The_same_text_sent_twice_is_one_document_and_another_one_under_its_id_takes_its_place()
    {
        const string Text = """{"text":"Dogs are welcome.","source":"Rules"}""";
        var first = IdIn(await bench.PostAsync("/ingest", Text));
        Assert.Equal(first, IdIn(await bench.PostAsync("/ingest", Text)));
        Assert.NotEqual(first, IdIn(await bench.PostAsync("/ingest", """{"text":"Dogs are welcome.","source":"Other rules"}""")));

        await bench.PostAsync("/ingest", $$"""{"document_id":"{{first}}","text":"Dogs stay outside.","source":"Rules"}""");

        Assert.Equal(["Dogs stay outside.", "Dogs are welcome."], TextsIn(await AskAsync("outside dogs")));
    }

    [Fact]
    public async Task A_document_is_ready_when_it_was_sent_and_gone_when_it_was_deleted()
    {
        await bench.PostAsync("/ingest", """{"document_id":"rules.1","text":"Dogs are welcome."}""");

        AssertJson(
            """{"document_id":"rules.1","status":"ready","source":"rules.1","passages":1}""", await bench.GetAsync("/ingest/rules.1"));
        Assert.Equal((404, "unknown-document"), ProblemIn(await bench.GetAsync("/ingest/rules.1", SessionBench.Other)));
        Assert.Equal((404, "unknown-document"), ProblemIn(await DeleteAsync("rules.1", SessionBench.Other)));
        AssertJson("""{"document_id":"rules.1","status":"deleted"}""", await DeleteAsync("rules.1"));
        Assert.Equal((404, "unknown-document"), ProblemIn(await bench.GetAsync("/ingest/rules.1")));
        Assert.Equal((404, "unknown-document"), ProblemIn(await DeleteAsync("rules.1")));
        Assert.Equal((400, "bad-parameter"), ProblemIn(await bench.GetAsync("/ingest/.hidden")));
        Assert.Empty(TextsIn(await AskAsync("dogs")));
    }

    [Fact]
    public async Task Another_tenant_finds_nothing_and_may_name_nobody_but_itself()
    {
        await bench.PostAsync("/ingest", """{"text":"Dogs are welcome."}""");

        Assert.Empty(TextsIn(await bench.PostAsync("/rag/query", """{"query":"dogs"}""", SessionBench.Other)));
        Assert.Equal(
            (403, "other-tenant"),
            ProblemIn(await bench.PostAsync("/rag/query", """{"query":"dogs","tenant_id":"golf"}""", SessionBench.Other)));
        Assert.Equal(
            (403, "other-tenant"), ProblemIn(await bench.PostAsync("/ingest", """{"text":"x","tenant_id":"golf"}""", SessionBench.Other)));
        Assert.Single(TextsIn(await AskAsync("dogs")));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"text":" \n"}""")]
    [InlineData("""{"text":7}""")]
    [InlineData("""{"text":"x","document_id":"a/b"}""")]
    [InlineData("""{"text":"x","document_id":""}""")]
    [InlineData("""{"text":"x","document_id":5}""")]
    [InlineData("""{"text":"x","source":5}""")]
    [InlineData("""{"text":"x","tenant_id":5}""")]
    [InlineData("""{"text":"x","metadata":[]}""")]
    [InlineData("""{"text":"x","text":"y"}""")]
    [InlineData("""{"text":"\ud800"}""")]
    [InlineData("""[]""")]
    public async Task A_document_that_is_none_is_told_what_is_wrong_and_not_kept(string body)
    {
        var answer = await bench.PostAsync("/ingest", body);

        Assert.Equal((400, "bad-parameter"), ProblemIn(answer));
        Assert.Empty(TextsIn(await AskAsync("x y")));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"query":""}""")]
    [InlineData("""{"query":"x","top_k":0}""")]
    [InlineData("""{"query":"x","top_k":21}""")]
    [InlineData("""{"query":"x","top_k":1.5}""")]
    [InlineData("""{"query":"x","top_k":"3"}""")]
    [InlineData("""{"query":"x","filters":[]}""")]
    [InlineData("""{"query":"x","filters":{"a":{} } }""")]
    [InlineData("""{"query":"x","filters":{"a b":"c"} }""")]
    [InlineData("""{"query":"x","tenant_id":1}""")]
    public async Task A_question_that_is_none_is_told_what_is_wrong(string body) =>
        Assert.Equal((400, "bad-parameter"), ProblemIn(await bench.PostAsync("/rag/query", body)));

    [Fact]
    public async Task Limits_are_told_with_their_numbers()
    {
        var long1 = await bench.PostAsync("/ingest", $$"""{"text":"{{new string('x', KnowledgeLimits.DocumentBytes + 1)}}"}""");
        var long2 = await bench.PostAsync("/rag/query", $$"""{"query":"{{new string('x', KnowledgeLimits.QueryLength + 1)}}"}""");
        var long3 = await bench.PostAsync("/ingest", $$"""{"text":"{{new string('x', GatewayRoutes.IngestMaxBodyBytes)}}"}""");
        bench.Gateway.Knowledge.IsFull = true;
        var full = await bench.PostAsync("/ingest", """{"text":"x"}""");

        Assert.Equal((400, "bad-parameter"), ProblemIn(long1));
        Assert.Contains("524288 bytes", GatewayBench.Text(long1), StringComparison.Ordinal);
        Assert.Equal((400, "bad-parameter"), ProblemIn(long2));
        Assert.Contains("1000 characters", GatewayBench.Text(long2), StringComparison.Ordinal);
        Assert.Equal((413, "too-large"), ProblemIn(long3));
        Assert.Equal((409, "knowledge-full"), ProblemIn(full));
        Assert.Contains($"{KnowledgeLimits.DocumentsPerTenant:N0} documents", GatewayBench.Text(full), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_document_is_cut_and_each_passage_is_an_answer_of_its_own()
    {
        var text = string.Join("\n\n", Enumerable.Range(1, 5).Select(number => $"Chapter{number} {new string('x', 1000)}"));
        var sent = await bench.PostAsync("/ingest", JsonSerializer.Serialize(new { text, source = "Book" }));

        Assert.Equal(5, (int)JsonNode.Parse(sent.Body.Span)!["passages"]!);
        Assert.StartsWith("Chapter4", Assert.Single(TextsIn(await AskAsync("chapter4"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_away_or_is_not_there_is_told_and_nothing_of_it_leaks()
    {
        bench.Gateway.Knowledge.IsAway = true;

        foreach (var answer in new[]
        {
            await AskAsync("x"), await bench.PostAsync("/ingest", """{"text":"x"}"""), await bench.GetAsync("/ingest/x"),
            await DeleteAsync("x"),
        })
        {
            Assert.Equal((503, "knowledge-unavailable", 1), (answer.Status, GatewayBench.ProblemOf(answer), answer.RetryAfterSeconds));
            Assert.DoesNotContain("hunter2", GatewayBench.Text(answer), StringComparison.Ordinal);
        }

        var desk = new KnowledgeDesk(null, Microsoft.Extensions.Logging.Abstractions.NullLogger<KnowledgeDesk>.Instance);
        Assert.Same(Problem.KnowledgeOff, await desk.AskAsync(_ => throw new InvalidOperationException()));
    }

    [Fact]
    public async Task Every_document_that_is_kept_is_told_once_for_each_content_without_its_text()
    {
        foreach (var text in new[] { "secret-one", "secret-one", "secret-two" })
        {
            Assert.Equal(202, (await bench.PostAsync("/ingest", $$"""{"document_id":"d","text":"{{text}}"}""")).Status);
        }

        var told = bench.Gateway.Sink.Told;
        Assert.Equal([told[0].Id, told[0].Id, told[2].Id], told.Select(happened => happened.Id));
        Assert.NotEqual(told[0].Id, told[2].Id);
        Assert.All(told, happened => Assert.Equal(
            (LifecycleEventName.IngestQueued, "d", "d", 1, ""),
            (happened.Name, happened.DocumentId, happened.Subject, happened.Passages, happened.CallId)));
        Assert.All(bench.Gateway.Loggers.Lines, line => Assert.DoesNotContain("secret-", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_has_a_span_that_says_how_many_passages_were_found_and_not_what_was_asked()
    {
        var spans = new List<Activity>();
        using var parent = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GatewayMetrics.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await bench.PostAsync("/ingest", """{"text":"Dogs are welcome."}""");

        await AskAsync("dogs");

        Activity[] stopped;
        lock (spans)
        {
            stopped = [.. spans];
        }

        var span = Assert.Single(stopped, span => span.TraceId == parent.TraceId && span.OperationName == "rag_query");
        Assert.Equal((1, "ok"), (span.GetTagItem(GatewaySpans.HitsAttribute), span.GetTagItem("voicefunctions.outcome")));
        Assert.DoesNotContain(span.Tags, tag => tag.Value?.Contains("dogs", StringComparison.OrdinalIgnoreCase) == true);
    }

    private Task<GatewayResponse> AskAsync(string words) =>
        bench.PostAsync("/rag/query", JsonSerializer.Serialize(new { query = words }));

    private Task<GatewayResponse> DeleteAsync(string id, string tenant = SessionBench.Tenant) => bench.DeleteAsync($"/ingest/{id}", tenant);

    private static string IdIn(GatewayResponse answer) => JsonNode.Parse(answer.Body.Span)!["document_id"]!.GetValue<string>();

    private static IEnumerable<string> TextsIn(GatewayResponse answer) =>
        JsonNode.Parse(answer.Body.Span)!["results"]!.AsArray().Select(result => (string)result!["text"]!);

    private static (int Status, string Problem) ProblemIn(GatewayResponse answer) => (answer.Status, GatewayBench.ProblemOf(answer));

    private static void AssertJson(string expected, GatewayResponse answer) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(answer.Body.Span)), GatewayBench.Text(answer));
}
