using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Engine.Tests.World;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Engine.Tests;

/// <summary>A call in whose room far more happens than in any other.</summary>
public sealed class FloodedCallTests(HubStorage storage)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_and_is_proven_and_its_history_stays_small()
    {
        await using var world = await EngineWorld.StartAsync(storage, Ending);
        await world.HostAsync(Ending);
        var playing = world.PlayAsync(Scenarios.Named("sip-trunk"), Ending);
        while (world.Network.LiveKit.Rooms is not [{ AgentAudioAt: not null }])
        {
            await Task.Delay(Look, TimeProvider.System, Ending);
        }

        var room = new RoomSession(world.Network.LiveKit.Rooms[0].Name, world.Network.LiveKit.Rooms[0].Sid);
        using var flood = new WebhookFlood(world.Gateway, world.Network.LiveKit.Key);
        await flood.SendManyAsync(room, "track_unpublished", 2_000, Ending);
        await flood.SendManyAsync(room, "participant_joined", 1_000, Ending);

        Assert.Empty(await playing);
        var call = new RoomNaming(world.Network.Setup.RoomPrefix).CallOf(room.Name, room.Sid);
        Assert.InRange((await world.Journal.ReadRowsAsync(call, Ending)).Count, 500, 1_000);
    }
}
