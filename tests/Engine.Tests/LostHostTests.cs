using VoiceFunctions.Core.Settings;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Engine.Tests;

/// <summary>Hosts that go in other ways than by a kill: in order, or with their machine.</summary>
public sealed class LostHostTests(HubStorage storage)
{
    private static readonly Scenario Trunk = Scenarios.Named("sip-trunk");

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_is_told_to_stop_in_the_middle_of_an_activity_delays_its_call_by_no_more_than_a_killed_one()
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending);
        var first = await world.ProcessAsync("one", $"before:{CallActivities.EndCall}", Ending);
        var playing = world.PlayAsync(Trunk, Ending);
        await first.HeldAsync(Ending);

        var told = TimeProvider.System.GetUtcNow();
        var exit = await first.TerminateAsync(Ending);
        await world.ProcessAsync("one", hold: null, Ending);

        Assert.Empty(await playing);
        Assert.Equal(0, exit);
        Assert.InRange(await world.NextStepAfterAsync(told, Ending) - told, TimeSpan.Zero, TimeSpan.FromSeconds(80));
    }

    [Fact]
    public async Task A_host_whose_machine_is_lost_is_replaced_by_another_of_the_same_hub()
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending);
        var first = await world.ProcessAsync("one", $"before:{CallActivities.EndCall}", Ending);
        var playing = world.PlayAsync(Trunk, Ending);
        await first.HeldAsync(Ending);

        first.Kill();
        var killed = TimeProvider.System.GetUtcNow();
        await world.ProcessAsync("another", hold: null, Ending);

        Assert.Empty(await playing);
        Assert.InRange(await world.NextStepAfterAsync(killed, Ending) - killed, TimeSpan.Zero, TimeSpan.FromSeconds(110));
    }

    [Fact]
    public async Task A_storage_that_stands_still_for_twenty_seconds_costs_no_promise()
    {
        await using var own = new HubStorage();
        await own.InitializeAsync();
        await using var world = await EngineWorld.StartAsync(own, Ending, (SettingNames.RoomGraceSeconds, "5"));
        await world.ProcessAsync("one", hold: null, Ending);
        var playing = world.PlayAsync(Trunk, Ending);
        while (world.Network.LiveKit.Rooms is not [{ MostAgentsLive: > 0 }])
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ending);
        }

        own.Azurite.Pause();
        await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, Ending);
        own.Azurite.Resume();

        Assert.Empty(await playing);
    }
}
