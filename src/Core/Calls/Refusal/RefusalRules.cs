using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Refusal;

/// <summary>
/// What is done with a call that comes over a SIP trunk while the gateway takes no new calls (<c>TELEPHONY_ENABLED=false</c>): it ends at
/// once, and with it its room. A caller of Twilio's gets the fallback in the answer to the voice webhook and never comes here.
/// </summary>
public static class RefusalRules
{
    /// <summary>The end, while the caller is there; of one who is gone their going tells the cause.</summary>
    internal static CallEffect? Due(PolicyContext context) =>
        context.State.LiveCallers.Any() ? EndRules.Of(EndCause.TelephonyDisabled) : null;
}
