namespace VoiceFunctions.Core.LiveKit;

/// <summary>The states of a participant, as LiveKit names them.</summary>
public static class LiveKitParticipantState
{
    /// <summary>Its connection begins. What a missing state means.</summary>
    public const string Joining = "JOINING";

    /// <summary>It is signalling; no media yet.</summary>
    public const string Joined = "JOINED";

    /// <summary>It is in the room.</summary>
    public const string Active = "ACTIVE";

    /// <summary>It has left.</summary>
    public const string Disconnected = "DISCONNECTED";
}
