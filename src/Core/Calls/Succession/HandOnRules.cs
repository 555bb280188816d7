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

    /// <summary>How long after one handing on the next one waits: by another host's clock the last event can lie in the future.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromSeconds(1);

    /// <summary>When something happened since the last time, and once more a little later.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context)
    {
        var state = context.State;
        if (!state.LaterCallers.Any())
        {
            return null;
        }

        if (state.Claims.GetValueOrDefault(CallEffect.HandOn.ClaimKey) is not { Status: ClaimStatus.Done } handedOn)
        {
            return new CallEffect.HandOn();
        }

        var begun = handedOn.FirstBegunAt;
        DateTimeOffset? again = state.LastEventAt > begun ? handedOn.At + Pause
            : state.LastEventAt + Aftermath > begun ? state.LastEventAt + Aftermath
            : null;
        return again is { } time && context.IsDue(time) ? new CallEffect.HandOn() : null;
    }
}
