using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>How far a handoff has come. It only ever moves down this list, and never out of the last three.</summary>
public enum HandoffStatus
{
    /// <summary>Asked for; nobody's phone rings yet, or a human in a browser has not come yet.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>A human's phone is dialled.</summary>
    [JsonStringEnumMemberName("ringing")]
    Ringing,

    /// <summary>The caller is being given away.</summary>
    [JsonStringEnumMemberName("transferring")]
    Transferring,

    /// <summary>The human is in the room, and the agent is heard no longer.</summary>
    [JsonStringEnumMemberName("connected")]
    Connected,

    /// <summary>The caller was given away, and the call is over.</summary>
    [JsonStringEnumMemberName("transferred")]
    Transferred,

    /// <summary>Nobody took the call; the caller stays with the agent.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
