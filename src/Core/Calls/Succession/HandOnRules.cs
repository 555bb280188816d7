using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Succession;

/// <summary>When what happens in the room of a call that is over is handed on to the call of the next caller there.</summary>
public static class HandOnRules
{
    /// <summary>
    /// How long after the last event it is handed on once more: an event that was received while the last time was under way may have been
    /// stored after its reading.
    /// </summary>
    public static TimeSpan Aftermath { get; } = TimeSpan.FromSeconds(5);

    /// <summary>At once when something happened since the last time, and once more a little later.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context)
    {
        var state = context.State;
        if (!state.LaterCallers.Any())
        {
            return null;
        }

        var handedOn = state.Claims.GetValueOrDefault(CallEffect.HandOn.ClaimKey);
        return handedOn is not { Status: ClaimStatus.Done }
            || state.LastEventAt > handedOn.FirstBegunAt
            || (state.LastEventAt + Aftermath > handedOn.FirstBegunAt && context.IsDue(state.LastEventAt + Aftermath))
                ? new CallEffect.HandOn()
                : null;
    }
}
