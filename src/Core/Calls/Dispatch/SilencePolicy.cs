using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Dispatch;

/// <summary>The part of the policy that keeps a caller from hearing nobody: the first agent, the next ones, the reserve, the human, the end. Pure as the whole.</summary>
internal static class SilencePolicy
{
    /// <summary>The agent that should be sent now; <c>null</c> where there is one, or nobody to send it to.</summary>
    public static CallEffect.DispatchAgent? DispatchDue(PolicyContext agenda, SilenceTimeouts budget)
    {
        var state = agenda.State;
        if (!state.LiveCallers.Any() || state.IsHandedOver)
        {
            return null;
        }

        var (epoch, claim) = state.Dispatches.LastOrDefault();
        if (claim is null)
        {
            // An agent that was there before anybody asked for it is adopted.
            return new CallEffect.DispatchAgent(1);
        }

        if (CallSilence.Since(state) is not { } silence)
        {
            return Unsettled(state);
        }

        DateTimeOffset? reserveAt = budget.HasReserve ? silence + budget.Reserve : null;
        if (claim.Status is ClaimStatus.Intent or ClaimStatus.Failed)
        {
            return new CallEffect.DispatchAgent(epoch) { Reserve = agenda.Now >= reserveAt };
        }

        if (claim.Status != ClaimStatus.Done || epoch >= CallPolicy.MaxEpochs)
        {
            return null;
        }

        var begun = claim.BegunAt ?? claim.At;
        var leased = state.Claims.GetValueOrDefault(AgentLease.ClaimKeyOf(epoch))?.At ?? claim.At;
        var settled = Later(claim.At, leased) + CallPolicy.AgentArrival;
        if (begun < reserveAt && agenda.Concluded(Later(reserveAt.Value, settled)))
        {
            return new CallEffect.DispatchAgent(epoch + 1) { Reserve = true };
        }

        if (state.LiveAgents.Any())
        {
            return null;
        }

        // The first epoch may have adopted an agent that was there before it; a later one begins by putting out what an earlier one left.
        var lostAt = state.Agents.Where(leg => epoch == 1 || leg.Since >= begun).Max(leg => leg.Left?.At);
        var isSecondChance = state.Dispatches.Count(dispatch => (dispatch.Claim.BegunAt ?? dispatch.Claim.At) >= silence) == 1;
        return (lostAt is not null && agenda.Concluded(lostAt.Value + CallPolicy.AgentRestart)) || (isSecondChance && agenda.Concluded(Later(silence + budget.Redispatch, settled)))
            ? new CallEffect.DispatchAgent(epoch + 1)
            : null;

        static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
    }

    /// <summary>A dispatch whose outcome was never written, because whoever made it died: nobody needs it made any more, but what came of it is still to be told.</summary>
    public static CallEffect.DispatchAgent? Unsettled(CallState state) =>
        state.Dispatches.LastOrDefault() is (var epoch, { Status: ClaimStatus.Intent or ClaimStatus.Failed }) ? new CallEffect.DispatchAgent(epoch) : null;

    /// <summary>Whether a caller who hears nobody has waited long enough, and there is no human to wait for.</summary>
    public static bool NobodyComes(PolicyContext agenda, DateTimeOffset silence, CallTimeouts terms) => agenda.State.HumanCall switch
    {
        null => !CanCallHuman(agenda.State, terms) && agenda.Concluded(silence + terms.Handover),
        { Status: ClaimStatus.GivenUp } => true,
        { Status: ClaimStatus.Done } called => (agenda.State.Humans.Any() && !agenda.State.LiveHumans.Any()) || agenda.Concluded(called.At + CallPolicy.HumanRings + CallPolicy.DialSlack),
        _ => false,
    };

    /// <summary>Whether the human is to be called now. Twilio's callers are brought to theirs by Twilio, once the room is gone.</summary>
    public static bool HandoverDue(PolicyContext agenda, CallTimeouts terms)
    {
        var state = agenda.State;
        return state.LiveCallers.Any() && CanCallHuman(state, terms) && (state.HumanCall is not null || (CallSilence.Since(state) is { } silence && agenda.Concluded(silence + terms.Handover)));
    }

    private static bool CanCallHuman(CallState state, CallTimeouts terms) => state.Arrival is null && terms.Silence.CallsHuman;
}
