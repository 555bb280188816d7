using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>The agent of a call asks the documents of the call's tenant.</summary>
public sealed class AgentQuestionTests
{
    private const string Job = "AJ_1";
    private const string Question = """{"query":"Are dogs welcome?"}""";

    private readonly GatewayBench bench = Bench("""{"golf":"golf-key-hunter2"}""");

    [Fact]
    public async Task The_job_with_the_lease_gets_the_documents_of_its_calls_tenant()
    {
        await TalkAsync(bench);

        var answer = await AskAsync(bench, Question);

        Assert.Equal(200, answer.Status);
        Assert.Equal("Dogs are welcome.", (string?)JsonNode.Parse(answer.Body.Span)!["results"]!.AsArray().Single()!["text"]);
        Assert.Equal(200, (await AskAsync(bench, """{"query":"dogs","tenant_id":"golf"}""")).Status);
        Assert.Equal((403, "other-tenant"), ProblemIn(await AskAsync(bench, """{"query":"dogs","tenant_id":"phone"}""")));
        Assert.Equal((400, "bad-parameter"), ProblemIn(await AskAsync(bench, "{}")));
    }

    [Theory]
    [InlineData("agent-AJ_2", null, null, 401)]
    [InlineData(null, "call_other", null, 401)]
    [InlineData(null, null, "another", 403)]
    public async Task Another_jobs_token_another_room_and_a_wrong_fence_learn_nothing(
        string? identity, string? room, string? fence, int status)
    {
        await TalkAsync(bench);

        Assert.Equal(status, (await AskAsync(bench, Question, identity, room, fence)).Status);
    }

    [Fact]
    public async Task A_job_without_the_lease_and_a_caller_with_a_token_for_the_room_learn_nothing()
    {
        await KeepAsync(bench);
        await bench.CallerJoinsAsync();
        Assert.Equal(409, (await AskAsync(bench, Question)).Status);
        await TalkAsync(bench);

        var visitor = LiveKitToken.MintFor(
            GatewayBench.Key,
            $"agent-{Job}",
            LiveKitGrants.JoinAsAgent(GatewayBench.RoomName) with { Agent = false },
            bench.Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        Assert.Equal((401, "bad-token"), ProblemIn(await SendAsync(bench, "/rag/query", Question, visitor)));
    }

    [Fact]
    public async Task The_agent_of_a_call_that_is_no_tenants_is_told_so()
    {
        var two = Bench("""{"golf":"golf-key-hunter2","phone":"phone-key-hunter2"}""");
        await TalkAsync(two);

        Assert.Equal((409, "no-tenant"), ProblemIn(await AskAsync(two, Question)));
    }

    [Fact]
    public async Task An_agents_token_sends_and_deletes_no_documents()
    {
        await TalkAsync(bench);

        Assert.Equal(401, (await AskAsync(bench, """{"text":"Cats are welcome."}""", route: "/ingest")).Status);
    }

    private static GatewayBench Bench(string keys) => new(changes:
    [
        (SettingNames.ApiKeys, keys),
        (SettingNames.ApiTokenSecret, "a-secret-that-signs-hunter2-hunter2"),
    ]);

    private static Task<PutOutcome> KeepAsync(GatewayBench bench)
    {
        const string Text = "Dogs are welcome.";
        var document = new KnowledgeDocument(DocumentId.Of("Rules", Text), "Rules", [Text]);
        return bench.Knowledge.PutAsync("golf", document, TestContext.Current.CancellationToken);
    }

    /// <summary>The tenant has a document, the caller is in the room, and a job holds the lease.</summary>
    private static async Task TalkAsync(GatewayBench bench)
    {
        await KeepAsync(bench);
        await bench.CallerJoinsAsync();
        Assert.Equal(200, (await AskAsync(bench, "{}", route: "/agents/lease")).Status);
    }

    private static Task<GatewayResponse> AskAsync(
        GatewayBench bench, string body, string? identity = null, string? room = null, string? fence = null, string route = "/rag/query") =>
        SendAsync(
            bench,
            route,
            body,
            LiveKitToken.MintFor(
                GatewayBench.Key,
                identity ?? $"agent-{Job}",
                LiveKitGrants.JoinAsAgent(room ?? GatewayBench.RoomName),
                bench.Clock.GetUtcNow(),
                LiveKitToken.DefaultLifetime),
            fence);

    private static Task<GatewayResponse> SendAsync(GatewayBench bench, string route, string body, string token, string? fence = null)
    {
        var asked = JsonNode.Parse(body)!.AsObject();
        (asked["callId"], asked["epoch"], asked["job"]) = (GatewayBench.Call.Value, 1, Job);
        asked["fence"] = fence ?? GatewayBench.Fence.Of(GatewayBench.Call, 1);
        return bench.SendAsync("POST", route, Encoding.UTF8.GetBytes(asked.ToJsonString()), ("Authorization", $"Bearer {token}"));
    }

    private static (int Status, string Problem) ProblemIn(GatewayResponse answer) => (answer.Status, GatewayBench.ProblemOf(answer));
}
