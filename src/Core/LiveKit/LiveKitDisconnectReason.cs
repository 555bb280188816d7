namespace VoiceFunctions.Core.LiveKit;

/// <summary>Why a participant left, as LiveKit names it.</summary>
public static class LiveKitDisconnectReason
{
    /// <summary>LiveKit does not say. What a missing reason means.</summary>
    public const string Unknown = "UNKNOWN_REASON";

    /// <summary>It left by itself; a phone hung up, answered or not.</summary>
    public const string ClientInitiated = "CLIENT_INITIATED";

    /// <summary>The same identity joined again and took its place.</summary>
    public const string DuplicateIdentity = "DUPLICATE_IDENTITY";

    /// <summary>The server went down.</summary>
    public const string ServerShutdown = "SERVER_SHUTDOWN";

    /// <summary>The API removed it, or its dispatch was deleted.</summary>
    public const string ParticipantRemoved = "PARTICIPANT_REMOVED";

    /// <summary>The API deleted the room.</summary>
    public const string RoomDeleted = "ROOM_DELETED";

    /// <summary>Its idea of the session and the server's no longer fitted.</summary>
    public const string StateMismatch = "STATE_MISMATCH";

    /// <summary>It could not join.</summary>
    public const string JoinFailure = "JOIN_FAILURE";

    /// <summary>It moved to another server.</summary>
    public const string Migration = "MIGRATION";

    /// <summary>Its signalling connection went away before it was in.</summary>
    public const string SignalClose = "SIGNAL_CLOSE";

    /// <summary>The room closed; an agent that stayed behind alone.</summary>
    public const string RoomClosed = "ROOM_CLOSED";

    /// <summary>An outbound call was not answered.</summary>
    public const string UserUnavailable = "USER_UNAVAILABLE";

    /// <summary>An outbound call was declined or met a busy line.</summary>
    public const string UserRejected = "USER_REJECTED";

    /// <summary>The SIP trunk failed.</summary>
    public const string SipTrunkFailure = "SIP_TRUNK_FAILURE";

    /// <summary>Its connection was lost, about 20 s ago.</summary>
    public const string ConnectionTimeout = "CONNECTION_TIMEOUT";

    /// <summary>Its media failed.</summary>
    public const string MediaFailure = "MEDIA_FAILURE";

    /// <summary>The agent failed.</summary>
    public const string AgentError = "AGENT_ERROR";
}
