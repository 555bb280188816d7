using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>
/// What a participant is by LiveKit's description alone. What it is to the call is its <see cref="LegPart"/>. The journal stores the names
/// that the attributes give.
/// </summary>
public enum LegRole
{
    /// <summary>Not known yet: only a track of it was seen.</summary>
    [JsonStringEnumMemberName("Unknown")]
    Unknown,

    /// <summary>
    /// Whom the call is about: a SIP leg that a dispatch rule admitted, the callee of a call that we dialled, a connector's leg, or a
    /// browser whose token we made for a caller.
    /// </summary>
    [JsonStringEnumMemberName("Caller")]
    Caller,

    /// <summary>A participant of kind AGENT: the voice agent, its avatar, or somebody's helper.</summary>
    [JsonStringEnumMemberName("Agent")]
    Agent,

    /// <summary>
    /// The call's human: a SIP leg under the identity that <see cref="HumanIdentity"/> gives out, or a browser whose token is for one.
    /// </summary>
    [JsonStringEnumMemberName("Human")]
    Human,

    /// <summary>Any other SIP leg that was dialled out: a human whom somebody else brought.</summary>
    [JsonStringEnumMemberName("DialledOut")]
    DialledOut,

    /// <summary>Media without a person: an egress recorder, or an ingress, such as music from a file.</summary>
    [JsonStringEnumMemberName("Recorder")]
    Recorder,

    /// <summary>Anyone else, such as a browser.</summary>
    [JsonStringEnumMemberName("Guest")]
    Guest,
}
