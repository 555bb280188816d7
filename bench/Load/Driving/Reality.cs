using VoiceFunctions.Bench.Load.LiveKit;
using VoiceFunctions.Bench.Load.Traffic;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>What happens in LiveKit's rooms before a webhook tells of it: a room opens only for a caller who was dialled into it,
/// and an agent joins only where it was dispatched.</summary>
internal sealed class Reality(RoomBook rooms, Func<int, string> roomOf)
{
    /// <summary>Lets happen what a webhook tells, and says whether there is anything to tell.</summary>
    public bool Happens(Shot shot) => shot.IsForged || shot.Step switch
    {
        Step.Voice => true,
        Step.RoomStarted => rooms.With(roomOf(shot.Call), room => room.WasOpened |= room.WasDialled),
        Step.CallerJoined => rooms.With(roomOf(shot.Call), Join),
        Step.AgentJoined => rooms.With(roomOf(shot.Call), room => room.IsOpen && (room.HasAgent |= room.Dispatches > 0)),
        Step.AgentSpeaks => rooms.With(roomOf(shot.Call), room => room.HasAgent |= room is { IsOpen: true, Dispatches: > 0 }),
        Step.CallerLeft => rooms.With(roomOf(shot.Call), Leave),
        _ => true,
    };

    /// <summary>Twilio got its document: the room can open.</summary>
    public void Dialled(Shot shot)
    {
        if (shot.Step == Step.Voice && !shot.IsForged)
        {
            rooms.With(roomOf(shot.Call), room => room.WasDialled = true);
        }
    }

    private static bool Join(RoomFate room)
    {
        room.WasOpened |= room.WasDialled;
        room.HadCaller |= room.WasDialled && !room.HasLost;
        return room.WasDialled;
    }

    private static bool Leave(RoomFate room)
    {
        room.HasLost = true;
        return room.WasOpened;
    }
}
