using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Events;

/// <summary>Events that nobody told and that follow from what LiveKit answered. Their ids are functions of what they say, so each is stored once, whoever concludes it.</summary>
internal static class InferredEvents
{
    public static CallEvent RoomStarted(RoomSession room, DateTimeOffset at) => Of($"room_started:{room.Sid}", at, room, new CallFact.RoomStarted());

    public static CallEvent Joined(Leg leg, RoomSession room, DateTimeOffset at) => Of($"joined:{leg.Sid}", at, room, new CallFact.LegJoined(leg));

    public static CallEvent Left(Leg leg, RoomSession room, DateTimeOffset at, string reason) => Of($"left:{leg.Sid}", at, room, new CallFact.LegLeft(leg, reason));

    public static CallEvent Audio(Leg leg, RoomSession room, DateTimeOffset at) => Of($"audio:{leg.Sid}", at, room, new CallFact.AudioPublished(leg.Sid, leg.Identity));

    public static CallEvent Answered(Leg leg, RoomSession room, DateTimeOffset at) => Of($"answered:{leg.Sid}", at, room, new CallFact.HumanAnswered(leg.Sid, leg.Identity));

    public static CallEvent RoomFinished(RoomSession room, DateTimeOffset at) => Of($"room_finished:{room.Sid}", at, room, new CallFact.RoomFinished());

    /// <summary>Told again after each deletion that came to an end.</summary>
    public static CallEvent RoomAbandoned(CallState state, RoomSession room, DateTimeOffset at) => Of($"room_abandoned:{room.Sid}:{state.Deletions.Count()}", at, room, new CallFact.RoomAbandoned());

    private static CallEvent Of(string id, DateTimeOffset at, RoomSession room, CallFact fact) => new($"inferred:{id}", at, fact) { Room = room, Inferred = true };
}
