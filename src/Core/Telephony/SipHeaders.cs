using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Core.Telephony;

/// <summary>
/// The SIP headers that go with a call from Twilio to LiveKit. A trunk with <c>include_headers: SIP_X_HEADERS</c> turns them into attributes of the caller's participant,
/// so that the called number reaches the call even where Twilio's announcement could not be journaled.
/// </summary>
public static class SipHeaders
{
    /// <summary>The call's id.</summary>
    public const string CallId = "X-Call-Id";

    /// <summary>The CallSid of the caller's own leg at Twilio; LiveKit's own attribute carries that of the leg towards LiveKit.</summary>
    public const string CallSid = "X-Call-Sid";

    /// <summary>The number that was called, which a callee rule's <c>sip.trunkPhoneNumber</c> does not tell: there stands the call id.</summary>
    public const string CalledNumber = "X-Called-Number";
}
