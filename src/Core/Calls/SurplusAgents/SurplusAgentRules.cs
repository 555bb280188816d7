using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.SurplusAgents;

/// <summary>When agents are removed: there are more of them in the room than should be.</summary>
public static class SurplusAgentRules
{
    /// <summary>A round of removing, unless the last one was just now.</summary>
    internal static CallEffect? Due(PolicyContext context) => context.State.SurplusAgents.Any() ? Next(context) : null;

    /// <summary>After the end, where other people keep the room: ours leave it to them, unless the next caller's call is there.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context) =>
        context.State.IsRoomTheirs
        && !context.State.LaterCallers.Any()
        && (context.State.LiveAgents.Any()
            || context.State.LiveAvatars.Any()
            || context.State.LiveHumans.Any(leg => leg is { Answered: null, Leg.IsDialled: true }))
            ? Next(context)
            : null;

    private static CallEffect.RemoveSurplusAgents? Next(PolicyContext context)
    {
        var last = context.State.Numbered(CallEffect.RemoveSurplusAgents.ClaimPrefix).LastOrDefault().Claim;
        return last is null || context.IsDue(last.At + ReconcileRules.WhileWaiting)
            ? new CallEffect.RemoveSurplusAgents(context.NextRound(CallEffect.RemoveSurplusAgents.ClaimPrefix))
            : null;
    }
}
