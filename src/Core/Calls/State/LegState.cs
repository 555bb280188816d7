using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What is known of one leg: the first event of each kind. Any of them can be the only one that ever arrives.</summary>
public sealed record LegState(string Sid)
{
    private static readonly ImmutableSortedDictionary<string, TrackState> NoTracks =
        ImmutableSortedDictionary.Create<string, TrackState>(StringComparer.Ordinal);

    /// <summary>The event of its joining.</summary>
    public CallEvent? Joined { get; init; }

    /// <summary>The event of its leaving.</summary>
    public CallEvent? Left { get; init; }

    /// <summary>
    /// The first event of its leaving that says why; <c>null</c> where LiveKit's list alone showed that it is gone: its word may come yet.
    /// </summary>
    public CallEvent? Word { get; init; }

    /// <summary>The event that it never got in.</summary>
    public CallEvent? Aborted { get; init; }

    /// <summary>The first event that it publishes audio.</summary>
    public CallEvent? Audio { get; init; }

    /// <summary>Its audio tracks by their sids; one without a sid, of an earlier version, has an empty one.</summary>
    public ImmutableSortedDictionary<string, TrackState> Tracks { get; init; } = NoTracks;

    /// <summary>The first event that showed that a phone that was called had been picked up; <c>null</c> for everybody else.</summary>
    public CallEvent? Answered { get; init; }

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

    /// <summary>When it came into the room, as well as is known.</summary>
    public DateTimeOffset? CameAt => (Joined ?? Left)?.Happened;

    /// <summary>
    /// Whether it was in the room before a time although it is known by its leaving alone: LiveKit tells with that when it had joined.
    /// </summary>
    public bool CameBefore(DateTimeOffset time) =>
        Joined is null && Leg is { JoinedAtMs: > 0 and var joined } && joined <= time.ToUnixTimeMilliseconds();

    /// <summary>
    /// When it could hear and be heard, as well as is known: of a callee, whose leg is in the room while their phone rings, from the answer
    /// on; <c>null</c> before.
    /// </summary>
    public DateTimeOffset? ConnectedAt => Leg is { IsCallee: true } ? Answered?.Happened : CameAt;

    /// <summary>
    /// LiveKit's reason for its leaving, by its own word where that came, however late; <c>null</c> while it has not left.
    /// </summary>
    public string? Reason => ((Word ?? Left)?.Fact as CallFact.LegLeft)?.Reason;

    /// <summary>
    /// When it left, as well as is known: LiveKit's word may say an earlier time than its list showed; <c>null</c> before.
    /// </summary>
    public DateTimeOffset? WentAt => CallHearing.Earlier(Left?.Happened, Word?.Happened);

    /// <summary>The sid of the room session it belongs to.</summary>
    public string? RoomSid => (Joined ?? Left ?? Audio ?? Answered ?? Aborted)?.Room?.Sid;
}
