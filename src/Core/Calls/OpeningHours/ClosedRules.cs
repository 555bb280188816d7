using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.OpeningHours;

/// <summary>
/// What is done with a call that began outside of its route's hours, where no other agent is there then, and with one that is not let in. A
/// caller of Twilio's has got the message or the human in the answer to the voice webhook. For one who came over a SIP trunk the human is
/// rung at once; nobody can speak the message there, so without a human the call ends.
/// </summary>
public static class ClosedRules
{
    /// <summary>The human, or the end.</summary>
    internal static CallEffect? Due(PolicyContext context) =>
        context.State.LiveCallers.Any() && HandoverRules.CanCallHuman(context)
            ? HandoverRules.AtOnce()
            : context.State is { End: null } && (context.State.LiveCallers.Any() || context.State.Twilio.Announced is not null
                || context.State is { Requests.First: not null, Screening.Verdict: not null })
                ? EndRules.Of(CauseOf(context.State.Screening.Verdict))
                : null;

    private static string CauseOf(CallFact.CallScreened? verdict) =>
        verdict is null || !AdmissionAction.SendsNobody(verdict.Action) ? EndCause.Closed
        : AdmissionReason.IsLimit(verdict.Reason) ? EndCause.OverLimit
        : EndCause.Screened;
}
