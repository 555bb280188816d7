using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Proofs;

/// <summary>The promises about the agent.</summary>
internal static class AgentPromises
{
    /// <summary>How long a caller waits at least before an agent must have been sent.</summary>
    public static TimeSpan Waiting { get; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long two agents may be in the room: so long LiveKit is not asked again while all seems well, and a moment for putting one out.
    /// </summary>
    public static TimeSpan LongestSurplus { get; } = ReconcileRules.WhileTalking + TimeSpan.FromSeconds(5);

    /// <summary>No epoch was settled with a dispatch twice, and no dispatch stands for two epochs.</summary>
    public static ProvenPromise OnePerEpoch(AuditTrail trail)
    {
        var made = trail.Steps.SelectMany(step => step.Step.Claims)
            .Where(claim =>
                claim.Status == ClaimStatus.Done && claim.Key.StartsWith(CallEffect.DispatchAgent.ClaimPrefix, StringComparison.Ordinal))
            .ToList();
        var faults = made.CountBy(claim => claim.Key)
            .Where(count => count.Value > 1)
            .Select(count => $"{count.Key} was dispatched {count.Value} times")
            .Concat(made.Where(claim => claim.Result?.Contains(":AD_", StringComparison.Ordinal) == true)
                .CountBy(claim => claim.Result!)
                .Where(count => count.Value > 1)
                .Select(count => $"{count.Key} stands for {count.Value} epochs"));
        return ProvenPromise.Unless(
            "one_dispatch_per_epoch", faults, made.Count == 0
                ? "no agent was dispatched"
                : string.Join(", ", made.Select(claim => $"{claim.Key} {claim.Result}")) + ", each with its own claim");
    }

    /// <summary>
    /// By what LiveKit told, at most one voice agent was in the room, or a second one only briefly. One identity is one agent: after a
    /// crash of LiveKit's server it is back under another sid, and nobody tells that the earlier one left.
    /// </summary>
    public static ProvenPromise OneAtATime(AuditTrail trail)
    {
        var state = trail.Now;
        var next = state.LaterCallers.Min(leg => leg.Since) ?? DateTimeOffset.MaxValue;
        var agents = state.Agents.Where(leg => leg.Since < next)
            .Select(leg => (leg.Sid, leg.Leg!.Identity, From: leg.Since!.Value, To: GoneAt(state, leg) ?? DateTimeOffset.MaxValue))
            .OrderBy(stay => stay.From)
            .ToList();
        var together = agents
            .SelectMany(
                (one, i) => agents.Skip(i + 1).Where(other => other.From < one.To && other.Identity != one.Identity),
                (one, other) => (one, other, For: (one.To < other.To ? one.To : other.To) - other.From))
            .ToList();
        var named = together.Select(pair => $"{pair.one.Sid} and {pair.other.Sid} were there together for "
            + $"{(pair.For > ReconcileRules.FollowLimit ? "good" : HistoryWords.Of(pair.For))}");
        return together.Any(pair => pair.For > LongestSurplus)
            ? ProvenPromise.Unless("one_agent", named, "")
            : ProvenPromise.Yes("one_agent", together.Count > 0 ? $"one agent stayed; {string.Join("; ", named)}" : agents.Count < 2
                ? $"{(agents.Count == 0 ? "no" : "one")} agent was there"
                : $"{agents.Count} agents were there, never two at once");
    }

    /// <summary>A caller who waited was sent an agent, unless they called outside of the route's hours or no calls were taken.</summary>
    public static ProvenPromise Sent(AuditTrail trail, RouteTable routes)
    {
        var state = trail.Now;
        if (state.CallerSince is not { } came)
        {
            return ProvenPromise.Yes("agent_sent", "no caller came into the room");
        }

        if (state.Dispatches.Select(dispatch => dispatch.Claim).FirstOrDefault(claim => claim.Status == ClaimStatus.Done) is { } sent)
        {
            return ProvenPromise.Yes(
                "agent_sent",
                $"an agent was sent {HistoryWords.Of(sent.At > came ? sent.At - came : TimeSpan.Zero)} after the "
                    + "caller was known to be there");
        }

        if (state.End?.Result == EndCause.TelephonyDisabled)
        {
            return ProvenPromise.Yes("agent_sent", "the caller came while no new calls were taken, when no agent is sent");
        }

        if (state.Screening.Verdict is { } verdict && AdmissionAction.SendsNobody(verdict.Action))
        {
            return ProvenPromise.Yes("agent_sent", $"the call was not let in ({verdict.Reason}), so that no agent was sent");
        }

        if (routes.Find(RouteQuery.Of(state)).IsClosed)
        {
            return ProvenPromise.Yes("agent_sent", "the caller came outside of the route's hours, when no agent is sent");
        }

        if (state.Heard.Any(span => span.Part == LegPart.Human && span.From < came + Waiting)
            || state.Dispatches.Any(dispatch => dispatch.Claim is { Status: ClaimStatus.GivenUp, Result: "human_talks" }))
        {
            return ProvenPromise.Yes("agent_sent", "the caller talked with a human, so that no agent had to be sent");
        }

        DateTimeOffset?[] goings = [state.End?.At, state.LiveCallers.Any() ? null : state.Callers.Max(leg => GoneAt(state, leg))];
        return goings.Min() switch
        {
            null => ProvenPromise.NotYet("agent_sent", "the caller is there and no agent was sent yet"),
            { } gone when gone - came < Waiting =>
                ProvenPromise.Yes(
                    "agent_sent",
                    $"the caller was gone after {HistoryWords.Of(gone - came)}, before an agent had to be sent"),
            { } gone => ProvenPromise.No("agent_sent", $"the caller waited {HistoryWords.Of(gone - came)} and no agent was sent: "
                + $"{state.Dispatches.LastOrDefault().Claim?.Result ?? "it was never tried"}"),
        };
    }

    /// <summary>The promises about the phone that the call is for; none where no phone was to be called.</summary>
    public static IReadOnlyList<ProvenPromise> BeforePhone(AuditTrail trail) =>
        trail.Now.Requests.IsOutbound ? [AgentFirst(trail), RungOnce(trail)] : [];

    /// <summary>Each attempt to reach the phone began when an agent was in the room that may speak.</summary>
    private static ProvenPromise AgentFirst(AuditTrail trail)
    {
        var begun = trail.Steps.Where(read => read.After.DialAttempts.Count > read.Seen.DialAttempts.Count).ToList();
        var faults = begun.Where(read => !AgentReadiness.IsReady(read.Seen))
            .Select(read => $"step {read.Step.Number} called the phone before an agent was there");
        return ProvenPromise.Unless(
            "agent_before_phone",
            faults,
            begun.Count == 0 ? "no phone was called" : $"the phone was called {begun.Count} times, each with an agent in the room");
    }

    /// <summary>No attempt brought two legs of the phone into the room, but for one that a crashed server let in again.</summary>
    private static ProvenPromise RungOnce(AuditTrail trail)
    {
        var state = trail.Now;
        var legs = state.Callees.Where(leg => leg.RoomSid is { } sid && state.Rooms.Find(sid)?.Restarted is null).ToList();
        var attempts = state.DialAttempts.Count;
        return ProvenPromise.Unless(
            "rung_once",
            legs.Count > attempts ? [$"the phone came into the room {legs.Count} times in {attempts} attempts"] : [],
            $"the phone came into the room {legs.Count} times in {attempts} attempts");
    }

    /// <summary>When a leg was known to be gone; <c>null</c> while it is there.</summary>
    private static DateTimeOffset? GoneAt(CallState state, LegState leg) => leg.Left?.At ?? leg.Aborted?.At ?? state.RoomOverAt(leg)
        ?? (state.IsLive(leg)
            ? null
            : state.Legs.Named(leg.Leg!.Identity).Where(other => other.Since > leg.Since).Min(other => other.Since) ?? leg.Since);
}
