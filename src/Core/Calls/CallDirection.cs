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
