using System.Diagnostics;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Proofs.Replay;

/// <summary>
/// Takes every recorded decision of a call again: the state as it was, the time as it was, this build and these routes. Each is taken on
/// what was recorded before it, not on what this build would have done instead, so one difference does not make all that follow it differ.
/// </summary>
public static class PolicyReplay
{
    /// <summary>Decides a call again.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="rows">Everything that is stored of it.</param>
    /// <param name="routes">The routes of today.</param>
    public static ReplayedCall Replay(CallId callId, IReadOnlyList<StoredRow> rows, RouteTable routes)
    {
        var trail = new AuditTrail(callId, rows);
        return new ReplayedCall(callId.Value, trail.Now.IsCall, !trail.HasNoSteps, [.. Decisions(trail, routes)], LeftToDo(trail, routes));
    }

    private static IEnumerable<ReplayedDecision> Decisions(AuditTrail trail, RouteTable routes)
    {
        foreach (var (_, step, seen, _) in trail.Steps)
        {
            if (step.Decision is { Effect: { } effect, At: var at } decision)
            {
                var route = routes.Find(RouteQuery.Of(seen));
                var today = CallPolicy.Next(seen, TimeoutsOf(trail, route), at);
                var agent = today is CallDecision.Do { Effect: var next } ? route.AgentNameOf(next) : null;
                yield return new ReplayedDecision(
                    step.Number,
                    at,
                    WithAgent(effect.InWords, decision.Agent),
                    WithAgent(Words(today), agent),
                    today is not CallDecision.Do { Effect: var other } || other != effect || agent != (decision.Agent ?? agent));
            }
        }
    }

    private static string? LeftToDo(AuditTrail trail, RouteTable routes)
    {
        if (trail is { IsListed: true } or { Steps.Count: 0 } or { KeptSince: null })
        {
            return null;
        }

        var state = trail.Now;
        var closed = state.LastEventAt > trail.KeptSince.Value ? state.LastEventAt : trail.KeptSince.Value;
        return CallPolicy.Next(state, TimeoutsOf(trail, routes.Find(RouteQuery.Of(state))), closed) is not CallDecision.Done and var next
            ? Words(next)
            : null;
    }

    /// <summary>
    /// A call that was refused is decided again by a gateway that refuses, and every other by one that does not; its events go where they
    /// went.
    /// </summary>
    private static CallTimeouts TimeoutsOf(AuditTrail trail, Route route) => route.Timeouts with
    {
        TakesNewCalls = trail.Now.End?.Result != EndCause.TelephonyDisabled,
        Destinations = DeliveryTrail.DestinationsOf(trail.Now),
    };

    private static string WithAgent(string words, string? agent) => agent is null ? words : $"{words} ({agent})";

    private static string Words(CallDecision decision) => decision switch
    {
        CallDecision.Do { Effect: var effect } => effect.InWords,
        CallDecision.WaitUntil { Time: var time } => $"wait until {time.UtcDateTime:HH:mm:ss.fff}",
        CallDecision.Done => "nothing more",
        _ => throw new UnreachableException(),
    };
}
