using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>
/// Notes what whoever uses the API does to rooms and to the people in them, just before it is done, as far as a promise is about it. What
/// happens by itself, by tokens or by rules does not pass here.
/// </summary>
internal sealed class ApiWitness(RoomDirectory rooms, TimeProvider clock)
{
    /// <summary>How long a human must have been heard for the gateway to know: the webhook is on its way.</summary>
    private static readonly TimeSpan IsKnown = TimeSpan.FromSeconds(1);

    /// <summary>How long ago the next caller of a room came at most who counts as having just come.</summary>
    private static readonly TimeSpan JustCame = TimeSpan.FromSeconds(20);

    /// <summary>A method is called that names a room.</summary>
    public void Asks(string method, string roomName) => In(roomName, room =>
    {
        if (room.Truth.IsForeign)
        {
            room.Truth.Touches = [.. room.Truth.Touches, method];
        }
    });

    /// <summary>An agent is asked for.</summary>
    public void Dispatches(string roomName, string agentName) => In(roomName, room =>
    {
        var known = clock.GetUtcNow() - IsKnown;
        if (rooms.IsOwnAgent(agentName)
            && room.Participants.Exists(someone => someone is { Part: TruePart.Caller, IsLive: true })
            && room.Participants.Exists(someone => IsTalkingHuman(someone) && someone.HeardSince <= known))
        {
            room.Truth.SentToPeople++;
        }
    });

    /// <summary>Somebody is put out. Whoever is nobody's of the gateway's should not be, nor an avatar whose agent stays.</summary>
    public void PutsOut(Participant participant) => rooms.Change(() =>
    {
        if (participant.Part is TruePart.Helper or TruePart.Human or TruePart.Nobody
            || (participant.Part == TruePart.Avatar && participant.Room.Find(participant.OnBehalfOf!) is not null))
        {
            participant.Presence?.PutOutAt ??= clock.GetUtcNow();
        }
    });

    /// <summary>A room is deleted: who talks in it whom nobody may throw out, or has just come into it after another caller left?</summary>
    public void Deletes(string roomName) => In(roomName, room =>
    {
        var hasCaller = room.Participants.Exists(someone => someone is { Part: TruePart.Caller, IsLive: true });
        room.Truth.CutOff =
        [
            .. room.Truth.CutOff,
            .. room.Truth.Recordings
                .Where(recording => recording is { OverAt: null, StoppedAt: null, RecordsFrom: not null })
                .Select(recording => recording.EgressId),
        ];
        room.Truth.DeletedUnder =
        [
            .. room.Truth.DeletedUnder,
            .. room.Participants
                .Where(someone => (IsTalkingHuman(someone) && (hasCaller || someone.Part == TruePart.Human)) || IsNextCaller(someone))
                .Select(someone => someone.Identity),
        ];
    });

    private static bool IsTalkingHuman(Participant someone) =>
        someone is { Part: TruePart.Human or TruePart.OurHuman, HeardSince: not null };

    /// <summary>
    /// Whether somebody is another caller in a room for all calls. A token is good for one call, and for none after its end.
    /// </summary>
    private bool IsNextCaller(Participant someone) =>
        someone is { Part: TruePart.Caller, IsLive: true, IsCallersToken: false }
        && someone.JoinedAt > someone.Room.Truth.CallerLeftAt
        && clock.GetUtcNow() - someone.JoinedAt < JustCame;

    private void In(string roomName, Action<Room> note) => rooms.Read(roomName, room =>
    {
        if (room is not null)
        {
            note(room);
        }

        return true;
    });
}
