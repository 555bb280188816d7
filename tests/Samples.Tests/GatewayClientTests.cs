using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Samples;

/// <summary>The samples' clients with a gateway, in both languages.</summary>
public sealed class GatewayClientTests : IAsyncLifetime
{
    private SampleGateway gateway = null!;

    public static TheoryData<string> Languages { get; } = ["node", "python"];

    public async ValueTask InitializeAsync() => gateway = await SampleGateway.StartAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task One_job_gets_the_lease_and_keeps_it_and_the_other_one_gets_nothing(string language)
    {
        Assert.Equal("lease: granted, keep: kept, lease: granted", await LiveAsync(language, "AJ_first", "lease", "keep", "lease"));
        Assert.Equal(
            "lease: refused, keep: lost, handoff: agent-lease-superseded, tool: agent-lease-superseded, done: refused",
            await LiveAsync(language, "AJ_second", "lease", "keep", "handoff", "tool", "done"));

        Assert.NotNull((await gateway.StateAsync()).Claims["lease:1"].Until);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task It_uses_a_tool_calls_a_human_asks_how_that_stands_and_says_that_it_has_finished(string language)
    {
        Assert.Equal(
            "lease: granted, tool: done, tool: done, asks: no-handoff, handoff: queued, done: taken",
            await LiveAsync(language, "AJ_first", "lease", "tool", "tool", "asks", "handoff", "done"));

        var state = await gateway.StateAsync();
        Assert.Equal("support", Assert.Single(state.Handoffs).Record.Queue);
        Assert.Equal("AJ_first", Assert.IsType<CallFact.AgentDone>(state.Goodbyes.Of(1)?.Fact).Job);
    }

    private async Task<string> LiveAsync(string language, string id, params string[] steps) =>
        await SamplePrograms.LiveAsync(language, gateway.Url, id, await gateway.JobAsync(id), steps);
}
