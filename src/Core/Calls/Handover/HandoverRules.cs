using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Handover;

/// <summary>When the human is called who takes over a caller whom no agent serves.</summary>
public static class HandoverRules
{
    /// <summary>
    /// How long after the ring time a human who did not answer is waited for: LiveKit's answer takes a moment.
    /// </summary>
    public static TimeSpan RingSlack { get; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The human who should be called now: the first when nobody was heard for too long, each next when the one before did not answer.
    /// Twilio's callers are brought to theirs by Twilio, once the room is gone.
    /// </summary>
    internal static CallEffect? Due(PolicyContext context)
    {
        if (!context.State.LiveCallers.Any() || !CanCallHuman(context) || context.State.ConnectedHandoff is not null)
        {
            return null;
        }

        var (index, called) = context.State.HumanCalls.LastOrDefault();
        return called is null ? (IsSilentTooLong(context) ? new CallEffect.CallHuman() : null)
            : called.Status is ClaimStatus.Intent or ClaimStatus.Failed ? new CallEffect.CallHuman { Index = index }
            : HasNext(context, index) && DidNotAnswer(context, called) ? new CallEffect.CallHuman { Index = index + 1 }
            : null;
    }

    /// <summary>The human, without waiting for a silence: nobody else is to come.</summary>
    internal static CallEffect AtOnce() => new CallEffect.CallHuman();

    /// <summary>Whether a caller who hears nobody has waited long enough, and there is no human to wait for.</summary>
    internal static bool NobodyComes(PolicyContext context) => context.State.HumanCalls.LastOrDefault() is (var index, { } called)
        ? !HasNext(context, index) && DidNotAnswer(context, called)
        : !CanCallHuman(context) && IsSilentTooLong(context);

    private static bool HasNext(PolicyContext context, int index) => index + 1 < context.Timeouts.Silence.Humans;

    private static bool DidNotAnswer(PolicyContext context, EffectClaim called) => DidNotAnswer(
        context, called, context.State.Humans.Where(leg => leg.Since >= called.FirstBegunAt), context.Timeouts.Silence.RingTime);

    /// <summary>Whether a human who was called does not come: not dialled, their phone is gone, or it rang long enough.</summary>
    /// <param name="context">What is known.</param>
    /// <param name="called">The claim of the calling.</param>
    /// <param name="humans">The legs that came of it.</param>
    /// <param name="ringTime">How long the phone rings.</param>
    internal static bool DidNotAnswer(PolicyContext context, EffectClaim called, IEnumerable<LegState> humans, TimeSpan ringTime)
    {
        var legs = humans.ToList();
        return called.Status == ClaimStatus.GivenUp
            || (called.Status == ClaimStatus.Done
                && legs.TrueForAll(leg => leg.Answered is null)
                && ((legs.Count > 0 && !legs.Exists(context.State.IsLive))
                    || context.IsConfirmedAfter(called.At + ringTime + RingSlack)));
    }

    /// <summary>Whether somebody's phone rings, whoever dialled it: they may be here in a moment.</summary>
    internal static bool IsRinging(PolicyContext context)
    {
        foreach (var leg in context.State.Ringing)
        {
            if (!context.IsDue(leg.Since!.Value + RingTimeOf(context, leg) + RingSlack))
            {
                return true;
            }
        }

        return false;
    }

    private static TimeSpan RingTimeOf(PolicyContext context, LegState leg) =>
        context.State.Handoffs.FirstOrDefault(handoff => handoff.Owns(leg.Leg!))?.Request.RingTime ?? context.Timeouts.Silence.RingTime;

    private static bool IsSilentTooLong(PolicyContext context) =>
        CallSilence.Since(context.State) is { } silence
        && !context.State.IsHandoffOpen
        && !IsRinging(context)
        && FirstAgentTriedBy(context) is { } tried
        && context.IsConfirmedAfter(Later(silence + context.Timeouts.Handover, tried));

    /// <summary>
    /// When the first agent has had its time: a caller of whom we hear late, because webhooks were lost, is sent one before a human.
    /// <c>null</c> while it is still to be sent; long ago where none will be.
    /// </summary>
    private static DateTimeOffset? FirstAgentTriedBy(PolicyContext context)
    {
        var (state, timeouts) = (context.State, context.Timeouts);
        var sendsNone = timeouts.IsClosed || (!state.IsTakenOn && !timeouts.TakesNewCalls);
        return state.Dispatches.Select(dispatch => dispatch.Claim).FirstOrDefault() is { } first
            ? first.FirstBegunAt + DispatchRules.AgentArrival
            : sendsNone ? DateTimeOffset.MinValue : null;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Whether there is a human whom LiveKit can dial for this caller.</summary>
    internal static bool CanCallHuman(PolicyContext context) =>
        context.State.Twilio.Announced is null && context.Timeouts.Silence.CallsHuman;
}
