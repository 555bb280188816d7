using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Handoffs;

public sealed class HandoffRouteTests
{
    private const string Job = "AJ_1";
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";
    private const string Routes = """
        {"default":{"agentMayCall":"+1555010018"},
         "queues":{"general":{"members":["+15550100181","+15550100182"],"ringSeconds":15},"cold":{"members":["+15550100183"]} } }
        """;

    private readonly GatewayBench bench = Bench();

    [Fact]
    public async Task An_operator_asks_as_seed_004_says_and_is_told_queue_wait_and_context()
    {
        await TalkAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(125));

        var (status, json) = await AskAsync(
            "/handoff",
            $$"""
            {"call_id":"{{GatewayBench.Call}}","reason":"customer_request","agent_queue":"general",
             "context":{"transcript":["Hello","I want a human"],"intents":["greeting","escalation"],"sentiment":"neutral","order":7} }
            """);

        Assert.Equal(200, status);
        AssertJson(
            $$"""
            {"status":"queued","handoff":1,"mode":"warm","queue":"general","estimated_wait_seconds":30,
             "context":{"call_id":"{{GatewayBench.Call}}","reason":"customer_request","duration_seconds":125,
              "transcript":["Hello","I want a human"],"intents":["greeting","escalation"],"sentiment":"neutral","order":7} }
            """,
            json);
        var record = CallDetailRecordOf(await bench.StateAsync());
        Assert.Equal((1, HandoffMode.Warm, HandoffStatus.Queued, "general"), (record.Number, record.Mode, record.Status, record.Queue));
    }

    [Fact]
    public async Task A_second_request_while_one_is_under_way_is_answered_with_that_one_and_stores_nothing()
    {
        await TalkAsync();
        await AskAsync(Path, """{"queue":"general","reason":"first"}""");

        var (status, json) = await AskAsync(Path, """{"to":"+15550100199","mode":"cold","reason":"second"}""");

        Assert.Equal(
            (200, 1, "general", "first"),
            (status, json.GetProperty("handoff").GetInt32(), json.GetProperty("queue").GetString(), ReasonOf(json)));
        Assert.Single((await bench.StateAsync()).Handoffs);
    }

    [Fact]
    public async Task Ten_requests_at_once_are_one_handoff()
    {
        await TalkAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(Path, """{"queue":"general"}""")));

        Assert.All(answers, answer => Assert.Equal((200, 1), (answer.Status, answer.Json.GetProperty("handoff").GetInt32())));
        Assert.Single((await bench.StateAsync()).Handoffs);
    }

    [Fact]
    public async Task The_agent_asks_with_its_token_and_its_lease_and_asks_how_it_stands_by_naming_nobody()
    {
        await TalkAsync();

        Assert.Equal(404, (await AgentAsync("""{}""")).Status);
        var (status, json) = await AgentAsync("""{"queue":"general"}""");

        Assert.Equal((200, "queued"), (status, json.GetProperty("status").GetString()));
        Assert.Equal("queued", (await AgentAsync("""{}""")).Json.GetProperty("status").GetString());
        Assert.True((await bench.StateAsync()).Handoff!.Request.ByAgent);
    }

    [Theory]
    [InlineData("agent-AJ_2", null, null)]
    [InlineData(null, "call_other", null)]
    [InlineData(null, null, "another")]
    public async Task Another_jobs_token_another_room_and_a_wrong_fence_ask_for_nobody(string? identity, string? room, string? fence)
    {
        await TalkAsync();

        Assert.InRange((await AgentAsync("""{"queue":"general"}""", identity, room, fence)).Status, 401, 403);
        Assert.Empty((await bench.StateAsync()).Handoffs);
    }

    [Fact]
    public async Task A_job_without_the_lease_asks_for_nobody()
    {
        await bench.CallerJoinsAsync();

        Assert.Equal(409, (await AgentAsync("""{"queue":"general"}""")).Status);
        Assert.Equal(401, (await bench.SendAsync("POST", Path, Encoding.UTF8.GetBytes("""{"queue":"general"}"""))).Status);
    }

    [Fact]
    public async Task An_agent_names_only_numbers_that_its_route_lets_it_name()
    {
        await TalkAsync();

        Assert.Equal(403, (await AgentAsync("""{"to":"+19005550100"}""")).Status);
        Assert.Equal(200, (await AgentAsync("""{"to":"+15550100188"}""")).Status);
        Assert.Equal(["+15550100188"], (await bench.StateAsync()).Handoff!.Request.Humans);
    }

    [Theory]
    [InlineData("""{"queue":"general","to":"+15550100181"}""", 400, "bad-parameter")]
    [InlineData("""{"to":"555"}""", 400, "bad-parameter")]
    [InlineData("""{"to":"+15550100001"}""", 400, "bad-parameter")]
    [InlineData("""{"to":"browser","mode":"cold"}""", 400, "bad-parameter")]
    [InlineData("""{"queue":"general","mode":"hot"}""", 400, "bad-parameter")]
    [InlineData("""{"queue":"general","context":[]}""", 400, "bad-parameter")]
    [InlineData("""[]""", 400, "bad-parameter")]
    [InlineData("""{"queue":"nobody"}""", 404, "unknown-queue")]
    [InlineData("""{}""", 404, "no-handoff")]
    public async Task What_cannot_be_done_is_said_clearly_and_stores_nothing(string body, int status, string problem)
    {
        await TalkAsync();

        Assert.Equal((status, problem), await ProblemAsync(bench, Path, body));
        Assert.Empty((await bench.StateAsync()).Handoffs);
    }

    [Fact]
    public async Task Without_a_trunk_or_Twilio_nobody_is_reached_and_without_a_caller_nobody_is_handed_over()
    {
        var other = Bench((SettingNames.LiveKitSipOutboundTrunkId, null));
        await other.VoiceAsync();
        Assert.Equal((409, "no-caller"), await ProblemAsync(other, Path, """{"queue":"general"}"""));

        await other.CallerJoinsAsync();

        Assert.Equal((409, "no-trunk"), await ProblemAsync(other, Path, """{"queue":"general"}"""));
        Assert.Equal((409, "no-transfer"), await ProblemAsync(other, Path, """{"queue":"cold","mode":"cold"}"""));
        Assert.Equal(
            (404, "unknown-call"),
            await ProblemAsync(other, $"/calls/{CallId.ForTwilio("CA1")}/handoff", """{"queue":"general"}"""));
        Assert.Equal((400, "bad-parameter"), await ProblemAsync(other, "/calls/nonsense/handoff", """{"queue":"general"}"""));
    }

    [Fact]
    public async Task Another_tenants_call_does_not_exist()
    {
        var other = Bench((SettingNames.ApiKeys, """{"golf":"golf-key-hunter2","other":"other-key-hunter2"}"""));
        await other.CallerJoinsAsync();

        Assert.Equal((404, "unknown-call"), await ProblemAsync(other, Path, """{"queue":"general"}"""));
    }

    [Fact]
    public async Task A_human_in_a_browser_gets_a_token_for_the_room_alone_that_lasts_as_long_as_the_call_may()
    {
        await TalkAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        var (_, json) = await AskAsync(Path, """{"to":"browser"}""");

        Assert.True(LiveKitToken.TryVerify(
            bench.Settings.LiveKitKeys, json.GetProperty("token").GetString(), bench.Clock.GetUtcNow(), out var claims));
        Assert.Equal(($"human_{GatewayBench.Call}", LiveKitTokenClaims.Standard), (claims.Subject, claims.Kind));
        Assert.Equal(bench.Clock.GetUtcNow().AddMinutes(50), claims.ExpiresAt);
        Assert.Equal(
            (true, GatewayBench.RoomName, true, true, false),
            (
                claims.Grants.RoomJoin,
                claims.Grants.Room,
                claims.Grants.CanPublish,
                claims.Grants.CanSubscribe,
                claims.Grants.CanPublishData));
        Assert.Equal(["microphone"], claims.Grants.CanPublishSources);
        Assert.False(claims.Grants.RoomAdmin || claims.Grants.RoomCreate || claims.Grants.RoomList || claims.Grants.SipCall);
        Assert.Equal("wss://livekit.example.com", json.GetProperty("url").GetString());
        Assert.Equal(30, json.GetProperty("estimated_wait_seconds").GetInt32());
    }

    [Fact]
    public async Task A_long_context_loses_the_oldest_lines_of_its_transcript_and_a_long_reason_its_end()
    {
        await TalkAsync();
        var lines = Enumerable.Range(0, 2000).Select(line => $"line {line}");
        var body = JsonSerializer.Serialize(
            new { queue = "general", reason = new string('r', 999), context = new { transcript = lines, mood = "calm" } });

        var (_, json) = await AskAsync(Path, body);

        var kept = json.GetProperty("context").GetProperty("transcript").EnumerateArray().Select(line => line.GetString()).ToList();
        Assert.Equal("line 1999", kept[^1]);
        Assert.InRange(kept.Count, 400, 900);
        Assert.Equal(("calm", 200), (json.GetProperty("context").GetProperty("mood").GetString(), ReasonOf(json)!.Length));
        Assert.InRange(
            (await bench.StateAsync()).Handoff!.Request.Context!.Length, HandoffContext.MaxLength - 40, HandoffContext.MaxLength);
    }

    [Fact]
    public async Task No_number_and_nothing_of_the_context_is_logged()
    {
        await TalkAsync();

        await AskAsync(Path, """{"to":"+15550100177","reason":"secret-reason","context":{"transcript":["secret-word"]} }""");

        Assert.All(bench.Loggers.Lines, line => Assert.DoesNotContain("secret-", line, StringComparison.Ordinal));
        Assert.All(bench.Loggers.Lines, line => Assert.DoesNotContain("+15550100177", line, StringComparison.Ordinal));
    }

    private static string Path => $"/calls/{GatewayBench.Call}/handoff";

    private static GatewayBench Bench(params (string Name, string? Value)[] changes) => new(changes:
    [
        (SettingNames.RoutesJson, Routes),
        (SettingNames.LiveKitSipOutboundTrunkId, "ST_out"),
        (SettingNames.ApiKeys, """{"golf":"golf-key-hunter2"}"""),
        (SettingNames.ApiTokenSecret, Secret),
        .. changes,
    ]);

    private static void AssertJson(string expected, JsonElement json) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(json.GetRawText())), json.GetRawText());

    private static HandoffRecord CallDetailRecordOf(CallState state) => state.Handoff!.Record;

    private static string? ReasonOf(JsonElement json) => json.GetProperty("context").GetProperty("reason").GetString();

    /// <summary>The caller is in the room, and a job holds the lease.</summary>
    private async Task TalkAsync()
    {
        await bench.CallerJoinsAsync();
        Assert.Equal(200, (await AgentAsync("{}", route: "/agents/lease")).Status);
    }

    private async Task<(int Status, JsonElement Json)> AskAsync(string path, string body)
    {
        var answer = await SendAsync(bench, path, body);
        return (answer.Status, JsonDocument.Parse(answer.Body).RootElement);
    }

    private static async Task<(int Status, string Problem)> ProblemAsync(GatewayBench bench, string path, string body)
    {
        var answer = await SendAsync(bench, path, body);
        return (answer.Status, GatewayBench.ProblemOf(answer));
    }

    private static Task<GatewayResponse> SendAsync(GatewayBench bench, string path, string body) => bench.SendAsync(
        "POST",
        path,
        Encoding.UTF8.GetBytes(body),
        ("Authorization", $"Bearer {new ApiTokens(Secret, bench.Clock).Issue("golf")}"));

    private async Task<(int Status, JsonElement Json)> AgentAsync(
        string body, string? identity = null, string? room = null, string? fence = null, string? route = null)
    {
        var asked = JsonNode.Parse(body)!.AsObject();
        (asked["callId"], asked["epoch"], asked["job"]) = (GatewayBench.Call.Value, 1, Job);
        asked["fence"] = fence ?? GatewayBench.Fence.Of(GatewayBench.Call, 1);
        var token = LiveKitToken.MintFor(
            GatewayBench.Key,
            identity ?? $"agent-{Job}",
            LiveKitGrants.JoinAsAgent(room ?? GatewayBench.RoomName),
            bench.Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        var answer = await bench.SendAsync(
            "POST", route ?? "/handoff", Encoding.UTF8.GetBytes(asked.ToJsonString()), ("Authorization", $"Bearer {token}"));
        return (answer.Status, JsonDocument.Parse(answer.Body).RootElement);
    }
}
