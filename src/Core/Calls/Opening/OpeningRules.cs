using VoiceFunctions.Core.Calls.Dialling;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Opening;

/// <summary>
/// When the room of a call is opened that somebody asked for over the API: at once, or when they said. Where a phone is called, it is
/// opened for each attempt: LiveKit closes it after one that nobody answered.
/// </summary>
public static class OpeningRules
{
    /// <summary>The opening, where it is due.</summary>
    internal static CallEffect? Due(PolicyContext context) => context.State.Requests switch
    {
        { IsOutbound: true } => ForAttempt(context),
        { First: { } first, Request: { } request } => context.IsDue(request.NotBefore ?? first.At) ? Unless(context, round: 0) : null,
        _ => null,
    };

    private static CallEffect.OpenRoom? ForAttempt(PolicyContext context) =>
        DialRules.Next(context) is { } next && (IsOpening(context, next.Number) || DialRules.MayBegin(context, next.Due))
            ? Unless(context, next.Number == 1 ? 0 : next.Number)
            : null;

    /// <summary>Whether it was begun: then it is done to the end.</summary>
    private static bool IsOpening(PolicyContext context, int round) => context.State.RoomOpenings.Any(made => made.Round == round);

    private static CallEffect.OpenRoom? Unless(PolicyContext context, int round)
    {
        var opening = new CallEffect.OpenRoom { Round = round };
        return context.State.Claims.GetValueOrDefault(opening.ClaimKeys[0]) is { Status: ClaimStatus.Done or ClaimStatus.GivenUp }
            ? null
            : opening;
    }
}
