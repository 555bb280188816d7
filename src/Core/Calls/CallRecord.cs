using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>Which way a call went.</summary>
public enum CallDirection
{
    /// <summary>Somebody called us.</summary>
    [JsonStringEnumMemberName("inbound")]
    Inbound,

    /// <summary>We called somebody.</summary>
    [JsonStringEnumMemberName("outbound")]
    Outbound,
}

/// <summary>Where a call stands. It only ever moves down this list, and never out of the last two.</summary>
public enum CallStatus
{
    /// <summary>Heard of.</summary>
    [JsonStringEnumMemberName("created")]
    Created,

    /// <summary>The caller is or was in the room.</summary>
    [JsonStringEnumMemberName("sip_participant_joined")]
    SipParticipantJoined,

    /// <summary>An agent was sent, or one that came by itself was taken.</summary>
    [JsonStringEnumMemberName("agent_dispatched")]
    AgentDispatched,

    /// <summary>Over, after the caller was with us.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>Over without the caller having been served.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>The caller's SIP participant.</summary>
/// <param name="ParticipantSid">LiveKit's participant sid.</param>
/// <param name="Identity">The identity in the room; may hold a phone number.</param>
public sealed record SipParticipant(string ParticipantSid, string Identity);

/// <summary>A call as diagnostics show it, folded from its journal. Holds personal data.</summary>
public sealed record CallRecord
{
    /// <summary>The call's id.</summary>
    public required string CallId { get; init; }

    /// <summary>The LiveKit room's name.</summary>
    public required string RoomName { get; init; }

    /// <summary>Which way the call went.</summary>
    public required CallDirection Direction { get; init; }

    /// <summary>The calling number in E.164, or the address as it was given; <c>null</c> where it was withheld.</summary>
    public string? From { get; init; }

    /// <summary>The called number in E.164, or the address as it was given.</summary>
    public string? To { get; init; }

    /// <summary>Where the call stands.</summary>
    public required CallStatus Status { get; init; }

    /// <summary>Whether an agent was dispatched or adopted.</summary>
    public required bool AgentDispatched { get; init; }

    /// <summary>When the gateway first heard of the call, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the gateway last learnt or did something, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the call ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended, such as <c>caller_hangup</c>.</summary>
    public string? EndCause { get; init; }

    /// <summary>When the room was known to be gone, UTC.</summary>
    public DateTimeOffset? RoomDeletedAt { get; init; }

    /// <summary>The caller's participant, once it joined.</summary>
    public SipParticipant? SipParticipant { get; init; }

    /// <summary>LiveKit's own words on the caller's participant, cut to <see cref="CallEvent.MaxRawLength"/> characters.</summary>
    public string? Raw { get; init; }
}
