using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Agents.Reports;

/// <summary>An agent says who answered, and is told how to go on.</summary>
public sealed class AnsweredByRouteTests
{
    private const string Secret = "a-secret-that-signs-hunter2-hunter2";

    [Theory]
    [InlineData("human", "leave-message", "go-on")]
    [InlineData("unknown", "hang-up", "go-on")]
    [InlineData("machine", "go-on", "go-on")]
    [InlineData("machine", "hang-up", "hang-up")]
    [InlineData("machine", "leave-message", "leave-message")]
    public async Task The_job_that_holds_the_lease_is_told_what_the_route_has_for_its_verdict(string verdict, string route, string then)
    {
        var bench = Bench(route);
        var callId = await SentAsync(bench);

        var answer = await SayAsync(bench, callId, verdict);

        Assert.Equal((200, $$"""{"then":"{{then}}"}"""), (answer.Status, GatewayBench.Text(answer)));
        Assert.Equal(verdict, (await bench.StateAsync(callId)).Verdicts.AnsweredBy);
    }

    [Fact]
    public async Task The_first_certain_verdict_counts()
    {
        var bench = Bench("leave-message");
        var callId = await SentAsync(bench);

        await SayAsync(bench, callId, "unknown");
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await SayAsync(bench, callId, "machine");
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await SayAsync(bench, callId, "human");

        Assert.Equal("""{"then":"leave-message"}""", GatewayBench.Text(late));
        Assert.Equal("machine", (await bench.StateAsync(callId)).Verdicts.AnsweredBy);
    }

    [Fact]
    public async Task Another_job_and_another_word_are_refused()
    {
        var bench = Bench("leave-message");
        var callId = await SentAsync(bench);

        Assert.Equal(
            "agent-lease-superseded", GatewayBench.ProblemOf(await SayAsync(bench, callId, "machine", job: "AJ_2")));
        Assert.Equal("bad-parameter", GatewayBench.ProblemOf(await SayAsync(bench, callId, "somebody")));
        Assert.Equal("bad-token", GatewayBench.ProblemOf(await SayAsync(bench, callId, "machine", bearer: "AJ_2")));
        Assert.Null((await bench.StateAsync(callId)).Verdicts.AnsweredBy);
    }

    private static GatewayBench Bench(string whenMachine) => new(
        changes:
        [
            (SettingNames.ApiKeys, """{"golf": "golf-key-hunter2"}"""),
            (SettingNames.ApiTokenSecret, Secret),
            (SettingNames.LiveKitSipOutboundTrunkId, "ST_out"),
            (SettingNames.RoutesJson, $$"""{"default": {"whenMachine": "{{whenMachine}}"} }"""),
        ]);

    /// <summary>A call whose agent was sent and has the lease.</summary>
    private static async Task<CallId> SentAsync(GatewayBench bench)
    {
        var answer = await bench.SendAsync(
            "POST",
            "/calls",
            """{"to": "+493012345678"}"""u8.ToArray(),
            ("Authorization", $"Bearer {new ApiTokens(Secret, bench.Clock).Issue("golf")}"));
        using var json = JsonDocument.Parse(answer.Body);
        var callId = CallId.TryParse(json.RootElement.GetProperty("callId").GetString(), out var parsed)
            ? parsed
            : throw new FormatException();
        foreach (var effect in (string[])[nameof(CallEffect.OpenRoom), nameof(CallEffect.DispatchAgent)])
        {
            await bench.Gateway.Calls.Advancer.AdvanceAsync(
                callId, effect, bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(200, (await AskAsync(bench, callId, "/agents/lease", "", "AJ_1", "AJ_1")).Status);
        return callId;
    }

    private static Task<GatewayResponse> SayAsync(
        GatewayBench bench, CallId callId, string verdict, string job = "AJ_1", string? bearer = null) =>
        AskAsync(bench, callId, "/agents/answered-by", $",\"answeredBy\":\"{verdict}\"", job, bearer ?? job);

    private static Task<GatewayResponse> AskAsync(
        GatewayBench bench, CallId callId, string path, string more, string job, string bearer)
    {
        var fence = GatewayBench.Fence.Of(callId, 1);
        var token = LiveKitToken.MintFor(
            GatewayBench.Key,
            LiveKitJob.IdentityOf(bearer),
            LiveKitGrants.JoinAsAgent($"call_{callId}"),
            bench.Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        return bench.SendAsync(
            "POST",
            path,
            Encoding.UTF8.GetBytes($$"""{"callId":"{{callId}}","fence":"{{fence}}","epoch":1,"job":"{{job}}"{{more}} }"""),
            ("Authorization", $"Bearer {token}"));
    }
}
