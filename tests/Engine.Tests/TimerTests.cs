using DurableTask.Core.History;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Engine.Tests;

public sealed class TimerTests(HubStorage storage)
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_wait_is_one_timer_however_early_the_provider_lets_it_fire()
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending, (SettingNames.RoomGraceSeconds, "10"));
        var host = await world.HostAsync(Ending);
        var caller = new Caller("+15550101234", world.Network.Setup.TrunkNumber) { Stays = TimeSpan.FromSeconds(70) };
        var scenario = new Scenario("seventy-seconds", "") { Call = network => network.CallOverTrunkAsync(caller) };

        Assert.Empty(await world.PlayAsync(scenario, Ending));

        // A look that came early would be told to wait for the same time again. One that a webhook woke may be: its timer did not fire.
        var history = await host.Hub.HistoryAsync(Assert.Single(await host.Hub.InstancesAsync(Ending)).InstanceId);
        var timers = history.Where(row => row.Type is EventType.TimerCreated or EventType.TimerFired).ToList();
        var fired = timers.Where(row => row.Type == EventType.TimerFired).ToList();
        Assert.InRange(timers.Count - fired.Count, 2, 12);
        Assert.NotEmpty(fired);
        Assert.All(fired, timer => Assert.DoesNotContain(
            timers.Skip(timers.IndexOf(timer)), later => later.Type == EventType.TimerCreated && later.FireAt == timer.FireAt));
        Assert.All(fired, timer => Assert.Contains(timers, made => made.Type == EventType.TimerCreated && made.FireAt == timer.FireAt));
    }
}
