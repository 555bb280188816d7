using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>The status of a call. It only moves down this list, and never changes after one of the last two.</summary>
public enum CallStatus
{
    /// <summary>The gateway knows of the call.</summary>
    [JsonStringEnumMemberName("created")]
    Created,

    /// <summary>The caller is or was in the room.</summary>
    [JsonStringEnumMemberName("sip_participant_joined")]
    SipParticipantJoined,

    /// <summary>An agent was dispatched, or one that joined without a dispatch was accepted.</summary>
    [JsonStringEnumMemberName("agent_dispatched")]
    AgentDispatched,

    /// <summary>The phone that the call is for was called and was not answered yet.</summary>
    [JsonStringEnumMemberName("dialing")]
    Dialing,

    /// <summary>The phone that the call is for was answered.</summary>
    [JsonStringEnumMemberName("answered")]
    Answered,

    /// <summary>Over; the caller was served.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>Over; the caller was not served.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
