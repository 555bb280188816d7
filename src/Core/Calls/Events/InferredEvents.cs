using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.Events;

/// <summary>
/// Events that follow from LiveKit's answers, for webhooks that got lost. Their ids are functions of what they say, so each is stored once,
/// even if several hosts infer it.
/// </summary>
internal static class InferredEvents
{
    public static CallEvent RoomStarted(RoomSession room, DateTimeOffset at) =>
        Of($"room_started:{room.Sid}", at, room, new CallFact.RoomStarted());

    public static CallEvent Screened(CallFact.CallScreened verdict, DateTimeOffset at) => Of("screened", at, null, verdict);

    public static CallEvent Joined(Leg leg, RoomSession room, DateTimeOffset at) =>
        Of($"joined:{leg.Sid}", at, room, new CallFact.LegJoined(leg)).HappenedAtMs(leg.JoinedAtMs);

    public static CallEvent Left(Leg leg, RoomSession room, DateTimeOffset at, string reason) =>
        Of($"left:{leg.Sid}", at, room, new CallFact.LegLeft(leg, reason));

    public static CallEvent Audio(Leg leg, string trackSid, RoomSession room, DateTimeOffset at) =>
        Of($"audio:{leg.Sid}:{trackSid}", at, room, new CallFact.AudioPublished(leg.Sid, leg.Identity) { TrackSid = trackSid });

    public static CallEvent NoAudio(Leg leg, string trackSid, RoomSession room, DateTimeOffset at) =>
        Of($"no_audio:{leg.Sid}:{trackSid}", at, room, new CallFact.AudioUnpublished(leg.Sid, leg.Identity, trackSid));

    public static CallEvent Follows(CallId previous, RoomSession room, DateTimeOffset at) =>
        Of($"follows:{previous}", at, room, new CallFact.CallFollows(previous.Value));

    public static CallEvent Answered(Leg leg, RoomSession room, DateTimeOffset at) =>
        Of($"answered:{leg.Sid}", at, room, new CallFact.HumanAnswered(leg.Sid, leg.Identity));

    public static CallEvent RoomFinished(RoomSession room, DateTimeOffset at) =>
        Of($"room_finished:{room.Sid}", at, room, new CallFact.RoomFinished());

    /// <summary>The room should go.</summary>
    /// <param name="room">The room.</param>
    /// <param name="deletions">How many deletions the call has had: after each one the event may be stored again.</param>
    /// <param name="at">When LiveKit showed it.</param>
    public static CallEvent RoomAbandoned(RoomSession room, int deletions, DateTimeOffset at) =>
        Of($"room_abandoned:{room.Sid}:{deletions}", at, room, new CallFact.RoomAbandoned());

    /// <summary>LiveKit's answer showed a recording. Each step of it is stored once.</summary>
    public static CallEvent Recording(CallFact.RecordingStarted fact, DateTimeOffset at) =>
        Of($"recording_started:{fact.EgressId}:{(fact.IsActive ? "active" : "taken")}", at, room: null, fact);

    /// <summary>LiveKit's answer showed that a recording is over, or it had no word of it for too long.</summary>
    public static CallEvent Recording(CallFact.RecordingEnded fact, DateTimeOffset at) =>
        Of($"recording_ended:{fact.EgressId}:{fact.Status}", at, room: null, fact);

    /// <summary>Some events of the call were not stored.</summary>
    public static CallEvent Omitted(string reason, RoomSession? room, DateTimeOffset at) =>
        Of($"omitted:{reason}", at, room, new CallFact.EventsOmitted(reason));

    private static CallEvent Of(string id, DateTimeOffset at, RoomSession? room, CallFact fact) =>
        new($"inferred:{id}", at, fact) { Room = room, Inferred = true };
}
