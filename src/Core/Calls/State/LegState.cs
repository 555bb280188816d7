using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What is known of one leg: the first event of each kind. Any of them can be the only one that ever arrives.</summary>
public sealed record LegState(string Sid)
{
    /// <summary>The event of its joining.</summary>
    public CallEvent? Joined { get; init; }

    /// <summary>The event of its leaving.</summary>
    public CallEvent? Left { get; init; }

    /// <summary>The event that it never got in.</summary>
    public CallEvent? Aborted { get; init; }

    /// <summary>The event that it publishes audio.</summary>
    public CallEvent? Audio { get; init; }

    /// <summary>The first event that showed that the dialled human had picked up; <c>null</c> for every other role.</summary>
    public CallEvent? Answered { get; init; }

    /// <summary>
    /// From when on the caller hears the leg: an agent from its first audio on, a dialled human from the moment on that they were known to
    /// have picked up; <c>null</c> before.
    /// </summary>
    public DateTimeOffset? HeardFrom => (WasThere, Role) switch
    {
        (true, LegRole.Agent) => Audio?.At,
        (true, LegRole.Human) => Answered?.At,
        _ => null,
    };

    /// <summary>LiveKit's description of the leg; <c>null</c> while only a track of it was seen.</summary>
    public Leg? Leg =>
        (Joined?.Fact as CallFact.LegJoined)?.Leg ?? (Left?.Fact as CallFact.LegLeft)?.Leg ?? (Aborted?.Fact as CallFact.LegAborted)?.Leg;

    /// <summary>What the leg is to the call.</summary>
    public LegRole Role => Leg?.Role ?? LegRole.Unknown;

    /// <summary>
    /// Whether it was in the room at some time: it can only leave after it joined. Never becomes false again, so a
    /// published call stays a call.
    /// </summary>
    public bool WasThere => (Joined ?? Left) is not null;

    /// <summary>When it was first known to be in the room, by the gateway's clock.</summary>
    public DateTimeOffset? Since => (Joined ?? Left)?.At;

    /// <summary>LiveKit's reason for its leaving; <c>null</c> while it has not left.</summary>
    public string? Reason => (Left?.Fact as CallFact.LegLeft)?.Reason;

    /// <summary>The sid of the room session it belongs to.</summary>
    public string? RoomSid => (Joined ?? Left ?? Audio ?? Answered ?? Aborted)?.Room?.Sid;
}
