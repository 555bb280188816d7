using VoiceFunctions.Core.Calls.Policy;

namespace VoiceFunctions.Core.Calls.Opening;

/// <summary>When the room of a call is opened that somebody asked for over the API: at once, or when they said.</summary>
public static class OpeningRules
{
    /// <summary>The opening, where it is due.</summary>
    internal static CallEffect? Due(PolicyContext context) =>
        context.State.Requests is { First: { } first, Request: { } request }
        && context.IsDue(request.NotBefore ?? first.At)
        && context.State.Claims.GetValueOrDefault(CallEffect.OpenRoom.ClaimKey) is not { Status: ClaimStatus.Done or ClaimStatus.GivenUp }
            ? new CallEffect.OpenRoom()
            : null;
}
