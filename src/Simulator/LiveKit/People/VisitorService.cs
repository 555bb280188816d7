using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.People;

/// <summary>Brings people into rooms by tokens of their own: nobody asks the API, and no gateway made the token.</summary>
internal sealed class VisitorService(
    SimulationTime time, Chance chance, RoomDirectory rooms, NetworkLog log, CancellationToken stopping)
{
    /// <summary>A visitor comes at once, into a room that is opened where there is none.</summary>
    public Visit Come(string roomName, Visitor visitor)
    {
        var visit = new Visit(time, roomName);
        rooms.Change(() =>
        {
            visit.Participant = rooms.Enter(roomName, RoomSettings.Default, room => ParticipantOf(visitor, visit, room));
            OnRoomChanged(visit);
        });
        log.Tell("livekit", $"{visitor.Identity} joined {roomName}");
        _ = time.Start(() => SpeakAsync(visit.Participant!, visitor));
        _ = time.Start(() => LeaveAsync(visit.Participant!, visitor));
        return visit;
    }

    /// <summary>A visitor leaves, for one of LiveKit's reasons. Nothing where they have left.</summary>
    public void Leave(Visit visit, string reason) => rooms.Leave(visit.Participant!, reason);

    private Participant ParticipantOf(Visitor visitor, Visit visit, Room room) => new(
        room,
        chance.Id("PA_"),
        visitor.Identity,
        visitor.IsOverConnector ? ParticipantKind.Connector : visitor.IsAgent ? ParticipantKind.Agent : ParticipantKind.Standard,
        time.Clock.GetUtcNow(),
        time.CreateCompletion<string>())
    {
        IsHidden = visitor.IsHidden,
        Owner = visitor.Owner,
        Attributes = new(visitor.Attributes.ToDictionary(), StringComparer.Ordinal),
        RoomChanged = () => OnRoomChanged(visit),
        Leaving = reason => visit.End(reason, time.Clock.GetUtcNow()),
    };

    /// <summary>Under the directory's lock: somebody may have begun to speak, or ceased to.</summary>
    private void OnRoomChanged(Visit visit)
    {
        if (visit.Participant is { DisconnectReason: null, Left.IsCompleted: false } there)
        {
            visit.Hear(there.Hears, time.Clock.GetUtcNow());
        }
    }

    private async Task SpeakAsync(Participant there, Visitor visitor)
    {
        if (visitor.SpeaksAfter is { } after)
        {
            await time.Delay(after, stopping);
            rooms.Publish(there, "microphone", "audio/opus");
        }
    }

    private async Task LeaveAsync(Participant there, Visitor visitor)
    {
        if (visitor.Leaves is { } after)
        {
            await Task.WhenAny(there.Left, time.Delay(after, stopping));
            if (!there.Left.IsCompleted && !stopping.IsCancellationRequested)
            {
                log.Tell("livekit", $"{there.Identity} left {there.Room.Name}");
                rooms.Leave(there, LiveKitDisconnectReason.ClientInitiated);
            }
        }
    }
}
