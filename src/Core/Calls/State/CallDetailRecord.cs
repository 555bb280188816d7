using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>A call as diagnostics show it, folded from its journal. Holds personal data.</summary>
public sealed record CallDetailRecord
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

    /// <summary>How many seconds the caller was in the room and heard nobody, once the call has ended; <c>null</c> before, and where no caller came.</summary>
    public double? SilenceSeconds { get; init; }

    /// <summary>When the room was known to be gone, UTC.</summary>
    public DateTimeOffset? RoomDeletedAt { get; init; }

    /// <summary>The caller's participant, once it joined.</summary>
    public SipParticipant? SipParticipant { get; init; }

    /// <summary>LiveKit's own words on the caller's participant, cut to <see cref="CallEvent.MaxRawLength"/> characters.</summary>
    public string? Raw { get; init; }
}
