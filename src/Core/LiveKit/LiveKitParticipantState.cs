namespace VoiceFunctions.Core.LiveKit;

/// <summary>The states of a participant, as LiveKit names them.</summary>
public static class LiveKitParticipantState
{
    /// <summary>It is connecting. Also the meaning of a missing state.</summary>
    public const string Joining = "JOINING";

    /// <summary>Its signalling is connected, its media not yet.</summary>
    public const string Joined = "JOINED";

    /// <summary>It is in the room.</summary>
    public const string Active = "ACTIVE";

    /// <summary>It has left.</summary>
    public const string Disconnected = "DISCONNECTED";
}
