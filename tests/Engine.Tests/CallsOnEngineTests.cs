using DurableTask.Core.History;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Functions.Calls;

namespace VoiceFunctions.Engine.Tests;

public sealed class CallsOnEngineTests(HubStorage storage)
{
    private static readonly string[] Played =
        ["answered", "sip-trunk", "agent-never-joins", "agent-joins-silent", "agent-dies", Scenarios.SurplusAgent, "trunk-no-agent"];

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_promise_to_whole_calls_is_kept_and_their_histories_read_as_their_stories()
    {
        var played = await Task.WhenAll(Played.Select(PlayAsync));

        Assert.All(played, call => Assert.True(call.Broken.Count == 0, $"{call.Name}: {string.Join("; ", call.Broken)}"));
        Assert.All(played, call => Assert.Equal(OrchestrationRuntimeStatus.Completed, call.Status));
        Assert.All(played, call => Assert.Single(call.Tasks, CallActivities.DeleteRoom));
        Assert.Contains(CallActivities.DispatchAgent, played.Single(call => call.Name == "agent-dies").Tasks);
        Assert.Contains(CallActivities.RemoveSurplusAgents, played.Single(call => call.Name == Scenarios.SurplusAgent).Tasks);
        Assert.Contains(CallActivities.CallHuman, played.Single(call => call.Name == "trunk-no-agent").Tasks);
    }

    private async Task<History> PlayAsync(string name)
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending, (SettingNames.DialTimeoutSeconds, "20"));
        var host = await world.HostAsync(Ending);
        var broken = await world.PlayAsync(Scenarios.Named(name), Ending);
        var instance = Assert.Single(await host.Hub.InstancesAsync(Ending));
        var history = await host.Hub.HistoryAsync(instance.InstanceId);
        return new History(
            name, broken, instance.RuntimeStatus, [.. history.Where(row => row.Type == EventType.TaskScheduled).Select(row => row.Task!)]);
    }

    private sealed record History(
        string Name, IReadOnlyList<string> Broken, OrchestrationRuntimeStatus Status, IReadOnlyList<string> Tasks);
}
