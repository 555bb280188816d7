using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Calls.Admission;

/// <summary>When it is decided whether a call gets an agent, and when it gives its places back.</summary>
public static class AdmissionRules
{
    /// <summary>
    /// Whether nothing may be done for a call before it is decided. One that has an agent goes on, also where the routes were changed
    /// meanwhile.
    /// </summary>
    internal static bool IsUndecided(CallState state, CallTimeouts timeouts) =>
        !timeouts.Admission.IsOpen
        && !timeouts.IsClosed
        && state.Screening.Verdict is null
        && !state.Dispatches.Any()
        && state.Claims.GetValueOrDefault(CallEffect.Admit.ClaimKey)?.Status is not (ClaimStatus.Done or ClaimStatus.GivenUp);

    /// <summary>The decision: as soon as somebody calls, or the time has come at which a call was asked for.</summary>
    internal static CallEffect? Due(PolicyContext context) => context.State switch
    {
        { Requests: { First: { } first, Request: { } request } } =>
            context.IsDue(request.NotBefore ?? first.At) ? new CallEffect.Admit() : null,
        { Twilio.Announced: not null } => new CallEffect.Admit(),
        var state => state.LiveCallers.Any() ? new CallEffect.Admit() : null,
    };

    /// <summary>The decision that a crashed host stored and did not settle: nothing is decided a second time.</summary>
    internal static CallEffect? Unsettled(PolicyContext context) =>
        context.State is { Screening.Verdict: not null, Claims: var claims }
            && claims.GetValueOrDefault(CallEffect.Admit.ClaimKey) is { Status: ClaimStatus.Intent or ClaimStatus.Failed }
            && new CallEffect.Admit() is var decision
            && context.TryBegin(decision)
                ? decision
                : null;

    /// <summary>The giving back, once nobody can be taking a place for the call any more.</summary>
    internal static CallEffect? AfterEnd(PolicyContext context)
    {
        var (state, terms) = (context.State, context.Timeouts.Admission);
        var claim = state.Claims.GetValueOrDefault(CallEffect.Admit.ClaimKey);
        var mayHold = state.Screening.Verdict is { } verdict
            ? (verdict.RoutePlace ?? verdict.TenantPlace) is not null
            : terms.HasPlaces && (claim is not null || state.Requests.First is not null);
        return mayHold && (claim is not { Status: ClaimStatus.Intent, Until: { } until } || context.IsDue(until))
            ? new CallEffect.LeavePlaces()
            : null;
    }
}
