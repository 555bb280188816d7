using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Api;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit;

/// <summary>
/// The LiveKit server dies and is started again, as was recorded: agents join again at once, phones three seconds later, all with other
/// sids; each room tells once more that it has started, under the same sid; whoever hung up meanwhile is listed for ever.
/// </summary>
internal sealed class ServerCrash(
    SimulationTime time, RoomDirectory rooms, TwirpRouter router, NetworkLog log, CancellationToken stopping)
{
    private static readonly TimeSpan PhonesRejoinAfter = TimeSpan.FromSeconds(3);

    public async Task PlayAsync(TimeSpan down)
    {
        log.Tell("livekit", "died");
        router.IsDown = true;
        rooms.Die();
        await time.Delay(down, stopping);
        router.IsDown = false;
        log.Tell("livekit", "is back");
        var lost = rooms.Revive();
        foreach (var agent in lost.Where(participant => participant.Kind == ParticipantKind.Agent))
        {
            rooms.Rejoin(agent);
        }

        await time.Delay(PhonesRejoinAfter, stopping);
        foreach (var other in lost.Where(participant => participant.Kind != ParticipantKind.Agent))
        {
            rooms.Rejoin(other);
        }
    }
}
