using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

/// <summary>The routes by which a call's recording is asked for, and by which an agent tells the caller's answer.</summary>
public sealed class RecordingRouteTests
{
    private const string Job = "AJ_1";

    private readonly GatewayBench bench = new(
        GatewayBench.DiagnosticsKey,
        (SettingNames.RoutesJson, """{"default":{"recording":{"mode":"room","consent":"agent"}}}"""),
        (SettingNames.RecordingAzureAccount, "account"),
        (SettingNames.RecordingAzureKey, Convert.ToBase64String(new byte[64])),
        (SettingNames.RecordingAzureContainer, "recordings"));

    [Fact]
    public async Task A_request_is_taken_down_once_and_answered_with_how_it_stands()
    {
        await bench.CallerJoinsAsync();

        Assert.Equal((202, Accepted("pause", "paused")), await AskAsync("pause"));
        Assert.Equal((202, Accepted("pause", "paused")), await AskAsync("pause"));
        Assert.Equal((202, Accepted("start", "waiting")), await AskAsync("start"));
        Assert.Equal((202, Accepted("stop", "stopped")), await AskAsync("stop"));

        var history = await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken);
        Assert.Equal(3, history.Events.Count(stored => stored.Fact is CallFact.RecordingWanted));
        Assert.Equal("stop", (await bench.StateAsync()).Recordings.Want);
        Assert.Contains(GatewayBench.Call, bench.Workflows.Started);
    }

    [Fact]
    public async Task Of_a_call_that_is_unknown_or_over_or_not_recorded_nothing_can_be_recorded()
    {
        Assert.Equal((400, "bad-parameter"), await ProblemAsync(bench, "/calls/nonsense/recording/start"));
        Assert.Equal((404, "unknown-call"), await ProblemAsync(bench, $"/calls/{GatewayBench.Call}/recording/start"));
        Assert.Equal((401, "bad-key"), await ProblemAsync(bench, $"/calls/{GatewayBench.Call}/recording/start", "another-key-than-that"));

        var plain = new GatewayBench();
        await plain.CallerJoinsAsync();
        Assert.Equal((409, "recording-off"), await ProblemAsync(plain, $"/calls/{GatewayBench.Call}/recording/pause"));
    }

    [Fact]
    public async Task The_holder_of_the_lease_says_what_the_caller_answered_and_may_change_it()
    {
        await LeasedAsync();

        Assert.Equal((200, """{"consent":true}"""), await SayAsync("true"));
        Assert.Equal(200, (await SayAsync("true")).Status);
        Assert.True((await bench.StateAsync()).Recordings.HasConsent);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((200, """{"consent":false}"""), await SayAsync("false"));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await SayAsync("true")).Status);

        var history = await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken);
        Assert.Equal([true, false, true], history.Events
            .OrderBy(stored => stored.At)
            .Select(stored => stored.Fact)
            .OfType<CallFact.ConsentGiven>()
            .Select(said => said.Granted));
    }

    [Fact]
    public async Task Nobody_else_can_agree_for_the_caller()
    {
        await LeasedAsync();

        Assert.Equal(409, (await SayAsync("true", "AJ_2")).Status);
        Assert.Equal(403, (await SayAsync("true", fence: "another")).Status);
        Assert.Equal(401, (await SayAsync("true", identity: "agent-AJ_2")).Status);
        Assert.Equal(401, (await SayAsync("true", room: "call_other")).Status);
        Assert.Equal(400, (await SayAsync("\"yes\"")).Status);
        Assert.Equal(400, (await SayAsync(null)).Status);
        Assert.Null((await bench.StateAsync()).Recordings.HasConsent);
    }

    private static string Accepted(string wanted, string stands) =>
        $$"""{"callId":"{{GatewayBench.Call}}","wanted":"{{wanted}}","recording":"{{stands}}","segment":1}""";

    private static async Task<(int Status, string? Type)> ProblemAsync(
        GatewayBench gateway, string path, string? key = GatewayBench.DiagnosticsKey)
    {
        var answer = await gateway.SendAsync("POST", path, [], (DiagnosticsAccess.HeaderName, key));
        return (answer.Status, GatewayBench.ProblemOf(answer));
    }

    private async Task<(int Status, string Text)> AskAsync(string want)
    {
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await bench.SendAsync(
            "POST",
            $"/calls/{GatewayBench.Call}/recording/{want}",
            [],
            (DiagnosticsAccess.HeaderName, GatewayBench.DiagnosticsKey));
        return (answer.Status, GatewayBench.Text(answer));
    }

    private async Task LeasedAsync()
    {
        await bench.CallerJoinsAsync();
        Assert.Equal(200, (await PostAsync("lease", Job, null)).Status);
    }

    private Task<(int Status, string Text)> SayAsync(
        string? granted, string job = Job, string? fence = null, string? identity = null, string? room = null) =>
        PostAsync("consent", job, granted, fence, identity, room);

    private async Task<(int Status, string Text)> PostAsync(
        string route, string job, string? granted, string? fence = null, string? identity = null, string? room = null)
    {
        var body = JsonSerializer.Serialize(new
        {
            callId = GatewayBench.Call.Value,
            fence = fence ?? GatewayBench.Fence.Of(GatewayBench.Call, 1),
            epoch = 1,
            job,
        });
        body = granted is null ? body : $"{body[..^1]},\"granted\":{granted}}}";
        var token = LiveKitToken.MintFor(
            GatewayBench.Key,
            identity ?? $"agent-{job}",
            LiveKitGrants.JoinAsAgent(room ?? GatewayBench.RoomName),
            bench.Clock.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        var answer = await bench.SendAsync("POST", $"/agents/{route}", Encoding.UTF8.GetBytes(body), ("Authorization", $"Bearer {token}"));
        return (answer.Status, GatewayBench.Text(answer));
    }
}
