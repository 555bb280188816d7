namespace VoiceFunctions.Core.LiveKit;

/// <summary>Why a participant left, as LiveKit names it.</summary>
public static class LiveKitDisconnectReason
{
    /// <summary>LiveKit names no reason. Also the meaning of a missing reason.</summary>
    public const string Unknown = "UNKNOWN_REASON";

    /// <summary>The participant left, or the phone hung up, answered or not.</summary>
    public const string ClientInitiated = "CLIENT_INITIATED";

    /// <summary>Another participant joined with the same identity and replaced it.</summary>
    public const string DuplicateIdentity = "DUPLICATE_IDENTITY";

    /// <summary>The server shut down.</summary>
    public const string ServerShutdown = "SERVER_SHUTDOWN";

    /// <summary>The API removed it, or its dispatch was deleted.</summary>
    public const string ParticipantRemoved = "PARTICIPANT_REMOVED";

    /// <summary>The API deleted the room.</summary>
    public const string RoomDeleted = "ROOM_DELETED";

    /// <summary>The participant's session state did not match the server's.</summary>
    public const string StateMismatch = "STATE_MISMATCH";

    /// <summary>The participant could not join.</summary>
    public const string JoinFailure = "JOIN_FAILURE";

    /// <summary>The participant moved to another server.</summary>
    public const string Migration = "MIGRATION";

    /// <summary>The signalling connection broke before the participant had joined.</summary>
    public const string SignalClose = "SIGNAL_CLOSE";

    /// <summary>The room closed. An agent that was alone in the room gets this reason.</summary>
    public const string RoomClosed = "ROOM_CLOSED";

    /// <summary>An outbound call was not answered.</summary>
    public const string UserUnavailable = "USER_UNAVAILABLE";

    /// <summary>An outbound call was declined, or the line was busy.</summary>
    public const string UserRejected = "USER_REJECTED";

    /// <summary>The SIP trunk failed.</summary>
    public const string SipTrunkFailure = "SIP_TRUNK_FAILURE";

    /// <summary>The connection was lost, about 20 s before the webhook.</summary>
    public const string ConnectionTimeout = "CONNECTION_TIMEOUT";

    /// <summary>The participant's media connection failed.</summary>
    public const string MediaFailure = "MEDIA_FAILURE";

    /// <summary>The agent failed.</summary>
    public const string AgentError = "AGENT_ERROR";
}
