using DurableTask.Core.History;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Engine.Tests;

public sealed class NewHistoryTests(HubStorage storage)
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_goes_on_with_a_new_history_and_still_ends_once()
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending);
        var host = await world.HostAsync(Ending);
        var caller = new Caller("+15550101234", world.Network.Setup.TrunkNumber) { Stays = TimeSpan.FromSeconds(60) };
        var playing = world.PlayAsync(new Scenario("a-minute", "") { Call = network => network.CallOverTrunkAsync(caller) }, Ending);
        var instance = await world.RunningAsync(Ending);

        // A new history is shorter than the one before.
        var most = 0;
        while (!playing.IsCompleted && await CountAsync(host, instance, EventType.TaskScheduled) is var looks && looks >= most)
        {
            most = looks;
            await host.Hub.Client.RaiseEventAsync(instance, DurableCall.Signal, null, Ending);
            await LookedAsync(host, instance, looks);
        }

        Assert.Empty(await playing);
        Assert.InRange(await CountAsync(host, instance, EventType.TaskScheduled), 1, CallOrchestration.TurnsPerGeneration - 3);
    }

    /// <summary>Waits until the orchestration has looked more often than that, or begun a new history.</summary>
    private static async Task LookedAsync(EngineHost.EngineHost host, string instance, int looks)
    {
        while (await CountAsync(host, instance, EventType.TaskCompleted) is var done && done <= looks && done >= looks - 1)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ending);
        }
    }

    private static async Task<int> CountAsync(EngineHost.EngineHost host, string instance, EventType type) =>
        (await host.Hub.HistoryAsync(instance)).Count(row => row.Type == type);
}
