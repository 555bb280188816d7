using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Core.Telephony;

/// <summary>
/// The SIP headers of a call from Twilio to LiveKit. A trunk with <c>include_headers: SIP_X_HEADERS</c> turns them into attributes of the
/// caller's participant, so that the call has its called number even if Twilio's voice webhook could not be recorded.
/// </summary>
public static class SipHeaders
{
    /// <summary>The call's id.</summary>
    public const string CallId = "X-Call-Id";

    /// <summary>
    /// The CallSid of the caller's own leg at Twilio. LiveKit's own attribute has the CallSid of the leg from Twilio to LiveKit.
    /// </summary>
    public const string CallSid = "X-Call-Sid";

    /// <summary>
    /// Our own number in the call, or our address where that is no number. With a callee dispatch rule, <c>sip.trunkPhoneNumber</c> holds
    /// the call id instead.
    /// </summary>
    public const string CalledNumber = "X-Called-Number";
}
