using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>What a participant is to the call. The journal stores the names that the attributes give.</summary>
public enum LegRole
{
    /// <summary>Not known yet: only a track of it was seen.</summary>
    [JsonStringEnumMemberName("Unknown")]
    Unknown,

    /// <summary>The person who called: a SIP leg that a dispatch rule admitted.</summary>
    [JsonStringEnumMemberName("Caller")]
    Caller,

    /// <summary>An AI agent.</summary>
    [JsonStringEnumMemberName("Agent")]
    Agent,

    /// <summary>The human whom the call dialled: a SIP leg under the identity that <see cref="HumanIdentity"/> gives out.</summary>
    [JsonStringEnumMemberName("Human")]
    Human,

    /// <summary>Any other SIP leg that was dialled out. It is somebody else's and left alone.</summary>
    [JsonStringEnumMemberName("DialledOut")]
    DialledOut,

    /// <summary>An egress recorder.</summary>
    [JsonStringEnumMemberName("Recorder")]
    Recorder,

    /// <summary>Anyone else, such as a browser.</summary>
    [JsonStringEnumMemberName("Guest")]
    Guest,
}
