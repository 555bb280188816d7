using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Dispatch;

/// <summary>When an agent is sent: the first one, the next one in the place of one that is gone, the reserve.</summary>
public static class DispatchRules
{
    /// <summary>How long after an agent was lost another is sent.</summary>
    public static TimeSpan AgentRestart { get; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an agent that was just sent may take before another is sent.</summary>
    public static TimeSpan AgentArrival => AgentLease.Validity;

    /// <summary>How long after a re-dispatch the previous agent may still join late.</summary>
    public static TimeSpan LateAgent { get; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How many agents are sent into one call at most, one after the other; where a phone is called several times, for each attempt.
    /// </summary>
    public const int MaxEpochs = 5;

    /// <summary>The agent that should be sent now; <c>null</c> where there is one, or nobody to send it to.</summary>
    internal static CallEffect? Due(PolicyContext context)
    {
        var (state, timeouts) = (context.State, context.Timeouts.Silence);
        var awaits = state.AwaitsCallee;
        if ((!state.LiveCallers.Any() && !awaits) || state.IsHandedOver)
        {
            return null;
        }

        var (epoch, claim) = state.Dispatches.LastOrDefault();
        if (claim is null)
        {
            // An agent that was there before anybody asked for it is adopted. Nobody is sent to people who talk.
            return state.IsHumanHeard ? null : new CallEffect.DispatchAgent(1);
        }

        if (IsSilentHolder(context, epoch))
        {
            return new CallEffect.DispatchAgent(epoch + 1);
        }

        if ((awaits ? AgentReadiness.MissingSince(state) : CallSilence.Since(state)) is not { } silence)
        {
            return Unsettled(context);
        }

        if (!awaits
            && state.Heard.MaxBy(span => span.To) is { } last
            && (last.Part == LegPart.Human || FinishedAgent.Is(context, last.Leg)))
        {
            // Whoever was heard last had finished: the end follows.
            return Unsettled(context);
        }

        if (awaits && claim.FirstBegunAt < state.RoomOpenedAt && !state.LiveAgents.Any())
        {
            // The agents of an earlier attempt went with its room, also one of whom nobody knows whether it was sent.
            return new CallEffect.DispatchAgent(epoch + 1);
        }

        DateTimeOffset? reserveAt = timeouts.HasReserve ? silence + timeouts.Reserve : null;
        if (claim.Status is ClaimStatus.Intent or ClaimStatus.Failed)
        {
            return new CallEffect.DispatchAgent(epoch) { Reserve = context.Now >= reserveAt };
        }

        if (claim.Status != ClaimStatus.Done || HasSentEnough(state, epoch))
        {
            return null;
        }

        var begun = claim.FirstBegunAt;
        var leased = state.Claims.GetValueOrDefault(AgentLease.ClaimKeyOf(epoch))?.At ?? claim.At;
        var settled = Later(claim.At, leased) + AgentArrival;
        if (begun < reserveAt && context.IsConfirmedAfter(Later(reserveAt.Value, settled)))
        {
            return new CallEffect.DispatchAgent(epoch + 1) { Reserve = true };
        }

        if (state.LiveAgents.Any())
        {
            return null;
        }

        // The first epoch may have adopted an agent that was there before it; a later one begins by removing what an earlier one left.
        var lostAt = state.Agents.Where(leg => epoch == 1 || leg.Since >= begun).Max(leg => leg.Left?.At);
        if (lostAt is not null && context.IsConfirmedAfter(lostAt.Value + AgentRestart))
        {
            return new CallEffect.DispatchAgent(epoch + 1);
        }

        var isSecondChance = state.Dispatches.Count(dispatch => dispatch.Claim.FirstBegunAt >= silence) == 1;
        return isSecondChance && context.IsConfirmedAfter(Later(silence + timeouts.Redispatch, settled))
            ? new CallEffect.DispatchAgent(epoch + 1)
            : null;

        static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
    }

    /// <summary>Of the agents of a callee's call those of earlier attempts do not count.</summary>
    private static bool HasSentEnough(CallState state, int epoch) => epoch >= MaxEpochs
        && epoch - state.Dispatches.Count(dispatch => dispatch.Claim.FirstBegunAt < state.RoomOpenedAt) >= MaxEpochs;

    /// <summary>
    /// Whether the agent is there as far as LiveKit knows, and no longer renews its lease. LiveKit is asked first; that also shows that the
    /// gateway itself was there for the renewal.
    /// </summary>
    private static bool IsSilentHolder(PolicyContext context, int epoch)
    {
        var state = context.State;
        if (HasSentEnough(state, epoch)
            || state.IsHumanHeard
            || state.Goodbyes.Of(epoch) is not null
            || state.Claims.GetValueOrDefault(AgentLease.ClaimKeyOf(epoch)) is not { Until: { } until, Result: { } job }
            || !AgentLease.IsThere(state, job)
            || !context.IsDue(until))
        {
            return false;
        }

        context.ReconcileAt(until);
        return state.ReconciledAt >= until && context.IsDue(state.ReconciledAt + AgentLease.RenewalEvery);
    }

    /// <summary>
    /// A dispatch claim that a crashed host left open. It is not made again; its outcome is looked up so that AGENT_DISPATCHED can be
    /// published.
    /// </summary>
    internal static CallEffect? Unsettled(PolicyContext context) =>
        context.State.Dispatches.LastOrDefault() is (var epoch, { Status: ClaimStatus.Intent or ClaimStatus.Failed })
            ? new CallEffect.DispatchAgent(epoch)
            : null;

    /// <summary>
    /// Whether the agent of an earlier epoch may join late, beside the one that took its place; its webhooks may be lost as any.
    /// </summary>
    internal static bool IsLateAgentExpected(PolicyContext context) =>
        context.State.Dispatches.LastOrDefault() is { Epoch: > 1, Claim: var claim } && context.Now < claim.At + LateAgent;
}
