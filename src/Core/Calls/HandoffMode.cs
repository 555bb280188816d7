using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>How a caller is handed to a human. The journal stores the names that the attributes give.</summary>
public enum HandoffMode
{
    /// <summary>The human comes into the room; the agent speaks with the caller until the human is there.</summary>
    [JsonStringEnumMemberName("warm")]
    Warm,

    /// <summary>The caller is given away: their phone is connected with the human's, and the call is over for us.</summary>
    [JsonStringEnumMemberName("cold")]
    Cold,
}
