using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>Where a call stands. It only ever moves down this list, and never out of the last two.</summary>
public enum CallStatus
{
    /// <summary>Heard of.</summary>
    [JsonStringEnumMemberName("created")]
    Created,

    /// <summary>The caller is or was in the room.</summary>
    [JsonStringEnumMemberName("sip_participant_joined")]
    SipParticipantJoined,

    /// <summary>An agent was sent, or one that came by itself was taken.</summary>
    [JsonStringEnumMemberName("agent_dispatched")]
    AgentDispatched,

    /// <summary>The phone that the call is for was called and was not answered yet.</summary>
    [JsonStringEnumMemberName("dialing")]
    Dialing,

    /// <summary>The phone that the call is for was answered.</summary>
    [JsonStringEnumMemberName("answered")]
    Answered,

    /// <summary>Over, after the caller was with us.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>Over without the caller having been served.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
