using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Engine.Tests;

public sealed class VersionTests(HubStorage storage)
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.9", OrchestrationRuntimeStatus.Completed)] // Begun by an older build, and finished by this one.
    // Begun by a newer build that was taken back, for which it waits: the sweep serves the call.
    [InlineData("2.0", OrchestrationRuntimeStatus.Pending)]
    public async Task A_call_that_another_build_began_is_served_to_its_end(string version, OrchestrationRuntimeStatus status)
    {
        var isServedBySweeps = status == OrchestrationRuntimeStatus.Pending;
        await using var world =
            await (isServedBySweeps ? EngineWorld.StartForLossAsync(storage, Ending) : EngineWorld.StartAsync(storage, Ending));
        var host = await world.HostAsync(Ending);
        var caller = new Caller("+15550101234", world.Network.Setup.TrunkNumber) { Stays = TimeSpan.FromSeconds(10) };
        var playing = world.PlayAsync(new Scenario(version, "") { Call = network => network.CallOverTrunkAsync(caller) }, Ending);
        var instance = await world.RunningAsync(Ending);

        await host.Hub.Client.TerminateInstanceAsync(instance, Ending);
        await host.Hub.Client.WaitForInstanceCompletionAsync(instance, Ending);
        await host.Hub.Client.PurgeInstanceAsync(instance, Ending);
        var begun = new StartOrchestrationOptions(instance) { Version = version };
        await host.Hub.Client.ScheduleNewOrchestrationInstanceAsync(CallOrchestration.Name, null, begun, Ending);

        Assert.Empty(await playing);
        Assert.Equal(status, (await host.Hub.Client.GetInstanceAsync(instance, Ending))!.RuntimeStatus);
    }
}
