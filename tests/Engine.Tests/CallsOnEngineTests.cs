using DurableTask.Core.History;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Engine.Tests;

public sealed class CallsOnEngineTests(HubStorage storage)
{
    private static readonly string[] Played = ["answered", "sip-trunk", "agent-never-joins", "agent-joins-silent", "agent-dies", Scenarios.SurplusAgent, "trunk-no-agent"];

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_promise_to_whole_calls_is_kept_and_their_histories_read_as_their_stories()
    {
        var played = await Task.WhenAll(Played.Select(PlayAsync));

        Assert.All(played, call => Assert.True(call.Broken.Count == 0, $"{call.Name}: {string.Join("; ", call.Broken)}"));
        Assert.All(played, call => Assert.Equal(OrchestrationRuntimeStatus.Completed, call.Status));
        Assert.All(played, call => Assert.Equal(
            [CallActivities.EndCall, CallActivities.DeleteRoom], call.Tasks.Where(task => task is CallActivities.EndCall or CallActivities.DeleteRoom)));
        Assert.Contains(CallActivities.DispatchAgent, played.Single(call => call.Name == "agent-dies").Tasks);
        Assert.Contains(CallActivities.RemoveSurplusAgents, played.Single(call => call.Name == Scenarios.SurplusAgent).Tasks);
        Assert.Contains(CallActivities.CallHuman, played.Single(call => call.Name == "trunk-no-agent").Tasks);
    }

    [Fact]
    public async Task One_wait_is_one_timer_however_early_the_provider_lets_it_fire()
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending, (SettingNames.RoomGraceSeconds, "10"));
        var host = await world.HostAsync(Ending);
        var caller = new Caller("+15550101234", world.Network.Setup.TrunkNumber) { Stays = TimeSpan.FromSeconds(70) };

        Assert.Empty(await world.PlayAsync(new Scenario("seventy-seconds", "") { Call = network => network.CallOverTrunkAsync(caller) }, Ending));

        // The look at LiveKit after a minute and the grace: each of the two waits of this call ends by its timer, and no other timer fires.
        var history = await host.Hub.HistoryAsync(Assert.Single(await host.Hub.InstancesAsync(Ending)).InstanceId);
        Assert.Equal(2, history.Count(row => row.Type == EventType.TimerFired));
    }

    [Fact]
    public async Task A_call_goes_on_with_a_new_history_and_still_ends_once()
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending);
        var host = await world.HostAsync(Ending);
        var caller = new Caller("+15550101234", world.Network.Setup.TrunkNumber) { Stays = TimeSpan.FromSeconds(60) };
        var playing = world.PlayAsync(new Scenario("a-minute", "") { Call = network => network.CallOverTrunkAsync(caller) }, Ending);
        var instance = await InstanceAsync(host);

        while (!playing.IsCompleted && (await host.Hub.HistoryAsync(instance)).Count(row => row.Type == EventType.TaskScheduled) is var looks and < CallOrchestration.TurnsPerGeneration - 2)
        {
            await host.Hub.Client.RaiseEventAsync(instance, DurableCall.Poke, null, Ending);
            await LookedAsync(host, instance, looks);
        }

        Assert.Empty(await playing);
        Assert.InRange((await host.Hub.HistoryAsync(instance)).Count(row => row.Type == EventType.TaskScheduled), 1, CallOrchestration.TurnsPerGeneration - 3);
    }

    private async Task<Story> PlayAsync(string name)
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending, (SettingNames.DialTimeoutSeconds, "20"));
        var host = await world.HostAsync(Ending);
        var broken = await world.PlayAsync(Scenarios.Named(name), Ending);
        var instance = Assert.Single(await host.Hub.InstancesAsync(Ending));
        var history = await host.Hub.HistoryAsync(instance.InstanceId);
        return new Story(name, broken, instance.RuntimeStatus, [.. history.Where(row => row.Type == EventType.TaskScheduled).Select(row => row.Task!)]);
    }

    private static async Task<string> InstanceAsync(EngineHost.EngineHost host)
    {
        while (true)
        {
            if (await host.Hub.InstancesAsync(Ending) is [var instance, ..])
            {
                return instance.InstanceId;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ending);
        }
    }

    /// <summary>Waits until the orchestration has looked more often than that, or begun a new history.</summary>
    private static async Task LookedAsync(EngineHost.EngineHost host, string instance, int looks)
    {
        while ((await host.Hub.HistoryAsync(instance)).Count(row => row.Type == EventType.TaskCompleted) is var done && done <= looks && done >= looks - 1)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ending);
        }
    }

    private sealed record Story(string Name, IReadOnlyList<string> Broken, OrchestrationRuntimeStatus Status, IReadOnlyList<string> Tasks);
}
