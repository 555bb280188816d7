using System.Collections.ObjectModel;

namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// The participant attributes that LiveKit sets, by name. Any of them can be missing. Phone numbers among the values are personal data.
/// </summary>
public static class LiveKitAttributes
{
    /// <summary>LiveKit's id of the SIP call (<c>SCL_…</c>).</summary>
    public const string SipCallId = "sip.callID";

    /// <summary>The Call-ID header of the SIP dialog. An outbound leg has it only after the answer.</summary>
    public const string SipCallIdFull = "sip.callIDFull";

    /// <summary>One of <see cref="LiveKitSipCallStatus"/>. LiveKit sends no webhook when it changes.</summary>
    public const string SipCallStatus = "sip.callStatus";

    /// <summary>The other party's number: the caller's inbound, the callee's outbound.</summary>
    public const string SipPhoneNumber = "sip.phoneNumber";

    /// <summary>Our number: what an inbound caller dialled (the user part of the SIP URI), or the caller id of an outbound call.</summary>
    public const string SipTrunkPhoneNumber = "sip.trunkPhoneNumber";

    /// <summary>The trunk (<c>ST_…</c>).</summary>
    public const string SipTrunkId = "sip.trunkID";

    /// <summary>The dispatch rule that admitted an inbound call (<c>SDR_…</c>). An outbound leg has none.</summary>
    public const string SipRuleId = "sip.ruleID";

    /// <summary>Twilio's CallSid of the SIP leg.</summary>
    public const string TwilioCallSid = "sip.twilio.callSid";

    /// <summary>Twilio's AccountSid.</summary>
    public const string TwilioAccountSid = "sip.twilio.accountSid";

    /// <summary>The name under which an agent's worker registered.</summary>
    public const string AgentName = "lk.agent_name";

    /// <summary>The same name, as newer workers write it beside the older one.</summary>
    public const string OtherAgentName = "lk.agent.name";

    /// <summary>The identity of the agent for which an avatar publishes.</summary>
    public const string PublishOnBehalf = "lk.publish_on_behalf";

    /// <summary>Ours: what a token that we made is for, one of the words below. Whoever joins with one cannot change it.</summary>
    public const string Role = "voicefunctions.role";

    /// <summary>The <see cref="Role"/> of a caller in a browser or an app.</summary>
    public const string CallerRole = "caller";

    /// <summary>The <see cref="Role"/> of a human who takes part in a call from a browser or an app.</summary>
    public const string HumanRole = "human";

    /// <summary>The <see cref="Role"/> of somebody who only listens.</summary>
    public const string ListenerRole = "listener";

    /// <summary>The <see cref="Role"/> of an agent that no dispatch brought.</summary>
    public const string AgentRole = "agent";

    /// <summary>The state that the agent reports about itself.</summary>
    public const string AgentState = "lk.agent.state";

    /// <summary>The prefix of the attributes that the trunk makes from SIP headers. The header's lower-case name follows.</summary>
    public const string SipHeaderPrefix = "sip.h.";

    /// <summary>No attributes.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The attribute of the SIP header <paramref name="name"/>, such as <c>sip.h.x-call-id</c> for <c>X-Call-Id</c>.</summary>
    public static string SipHeader(string name) => SipHeaderPrefix + name.ToLowerInvariant();
}
