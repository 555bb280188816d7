using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.CallerRemoval;

/// <summary>
/// When the callers of a call that was ended over the API are put out: where other people keep the room. In every other room its deletion,
/// which is then due at once, does the same.
/// </summary>
public static class CallerRemovalRules
{
    /// <summary>A round of removing, unless the last one was just now.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context)
    {
        var state = context.State;
        if (state.End?.Result != EndCause.ApiEnd || !state.IsRoomTheirs || !state.OwnLiveCallers.Any())
        {
            return null;
        }

        var last = state.Numbered(CallEffect.DropCallers.ClaimPrefix).LastOrDefault().Claim;
        return last is null || context.IsDue(last.At + ReconcileRules.WhileWaiting)
            ? new CallEffect.DropCallers(context.NextRound(CallEffect.DropCallers.ClaimPrefix))
            : null;
    }
}
