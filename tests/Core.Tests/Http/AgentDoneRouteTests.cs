using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Core.Http;

public sealed class AgentDoneRouteTests
{
    private const string Job = "AJ_1";

    private readonly GatewayBench bench = new();

    [Fact]
    public async Task The_holder_may_say_that_it_has_finished_and_say_it_again()
    {
        await LeasedAsync();

        Assert.Equal((200, """{"done":true}"""), await SayAsync());
        Assert.Equal(200, (await SayAsync()).Status);

        var said = Assert.IsType<Calls.Events.CallFact.AgentDone>((await bench.StateAsync()).Goodbyes.Of(1)?.Fact);
        Assert.Equal((Job, 1), (said.Job, said.Epoch));
    }

    [Fact]
    public async Task A_job_without_the_lease_ends_no_call()
    {
        await bench.CallerJoinsAsync();
        Assert.Equal(409, (await SayAsync()).Status);
        await LeasedAsync();

        Assert.Equal(409, (await SayAsync("AJ_2")).Status);
        Assert.Equal(403, (await SayAsync(fence: "another")).Status);
        Assert.Null((await bench.StateAsync()).Goodbyes.Of(1));
    }

    [Fact]
    public async Task A_token_of_another_job_or_room_opens_nothing()
    {
        await LeasedAsync();

        Assert.Equal(401, (await SayAsync(identity: "agent-AJ_2")).Status);
        Assert.Equal(401, (await SayAsync(room: "call_other")).Status);
        Assert.Null((await bench.StateAsync()).Goodbyes.Of(1));
    }

    [Fact]
    public async Task A_job_that_renews_is_told_when_to_ask_again_and_its_lease_runs_out_without()
    {
        await bench.CallerJoinsAsync();

        var (status, text) = await PostAsync("lease", Job, GatewayBench.Fence.Of(GatewayBench.Call, 1), renews: true);

        Assert.Equal((200, """{"lease":"granted","validSeconds":4,"renewSeconds":2}"""), (status, text));
        Assert.Equal(bench.Clock.GetUtcNow().AddSeconds(4), (await bench.StateAsync()).Claims["lease:1"].Until);
    }

    private async Task LeasedAsync()
    {
        if ((await bench.StateAsync()).FirstEventAt == DateTimeOffset.MaxValue)
        {
            await bench.CallerJoinsAsync();
        }

        Assert.Equal(200, (await PostAsync("lease", Job, GatewayBench.Fence.Of(GatewayBench.Call, 1))).Status);
    }

    private Task<(int Status, string Text)> SayAsync(
        string job = Job, string? fence = null, string? identity = null, string? room = null) =>
        PostAsync("done", job, fence ?? GatewayBench.Fence.Of(GatewayBench.Call, 1), identity, room);

    private async Task<(int Status, string Text)> PostAsync(
        string route, string job, string fence, string? identity = null, string? room = null, bool renews = false)
    {
        var body = JsonSerializer.Serialize(new { callId = GatewayBench.Call.Value, fence, epoch = 1, job, renews });
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
