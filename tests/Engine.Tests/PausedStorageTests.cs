using VoiceFunctions.Core.Settings;
using VoiceFunctions.Engine.Tests.World;

namespace VoiceFunctions.Engine.Tests;

public sealed class PausedStorageTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_storage_that_stands_still_for_twenty_seconds_costs_no_promise()
    {
        await using var own = new HubStorage();
        await own.InitializeAsync();
        await using var world = await EngineWorld.StartForLossAsync(own, Ending, (SettingNames.RoomGraceSeconds, "5"));
        await world.ProcessAsync("one", hold: null, Ending);
        var playing = world.PlayAsync(Scenarios.Named("sip-trunk"), Ending);
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
