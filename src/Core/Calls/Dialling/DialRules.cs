using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Calls.Dialling;

/// <summary>When the phone is called that a call is for: only once somebody is in the room to talk with whoever answers.</summary>
public static class DialRules
{
    /// <summary>
    /// How long LiveKit's own word is waited for where its list shows that the phone is gone: webhooks that fail are sent again.
    /// </summary>
    public static TimeSpan WordWindow { get; } = TimeSpan.FromSeconds(8);

    /// <summary>The attempt that should be made now.</summary>
    internal static CallEffect? Due(PolicyContext context)
    {
        var state = context.State;
        if (!state.AwaitsCallee)
        {
            // One that a crashed host left open, and whose phone rang all the same, is settled.
            return state.LastDial is { Leg: not null, Number: var made } last && MayHaveRung(last.Claim)
                ? new CallEffect.Dial(made)
                : null;
        }

        var number = state.RoomOpenings.Last().Round;
        var claim = state.DialAttempts.FirstOrDefault(attempt => attempt.Number == number)?.Claim;
        return MayHaveRung(claim) || (claim?.Status is null or ClaimStatus.Failed && AgentReadiness.IsReady(state))
            ? new CallEffect.Dial(number)
            : null;
    }

    /// <summary>
    /// Whether nobody knows if an attempt has made the phone ring: it is looked for, whoever is in the room, and not made blindly again.
    /// </summary>
    internal static bool MayHaveRung(EffectClaim? claim) =>
        claim is { Status: ClaimStatus.Intent } or { Status: ClaimStatus.Failed, Result: CalleeDialer.NotKnown or CalleeDialer.OutOfTime };

    /// <summary>Whether nobody answered an attempt, as far as will be known.</summary>
    internal static bool WasInVain(PolicyContext context, DialAttempt attempt) =>
        attempt is { Outcome: not null and not DialAttempt.Answered, SettledAt: { } settled }
        && (attempt.IsTold || context.IsDue(settled + WordWindow));

    /// <summary>The number of the next attempt, and when it is due; <c>null</c> where there is none, or one is under way.</summary>
    internal static (int Number, DateTimeOffset Due)? Next(PolicyContext context)
    {
        if (context.State is not { Requests: { IsOutbound: true, Request: { } request, First: { } first } } state || state.Callers.Any())
        {
            return null;
        }

        return state.LastDial switch
        {
            null => (1, request.NotBefore > first.At ? request.NotBefore.Value : first.At),
            { Outcome: { } outcome, SettledAt: { } settled } last
                when context.Timeouts.Outbound.Redial is { } redial && redial.On.Contains(outcome) && last.Number < redial.Attempts
                    && WasInVain(context, last) =>
                (last.Number + 1, settled + redial.After),
            _ => null,
        };
    }

    /// <summary>Whether the next attempt may begin: its time has come, and whoever is called may be called now.</summary>
    internal static bool MayBegin(PolicyContext context, DateTimeOffset due) =>
        context.IsDue(due)
        && context.Timeouts.Outbound.NextOpen(context.Now, context.State.CalledNumber!) is { } open
        && context.IsDue(open);
}
