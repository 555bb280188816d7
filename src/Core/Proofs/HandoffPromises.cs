using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Core.Proofs;

/// <summary>The promises about handoffs to humans whom the agent or an operator asked for.</summary>
internal static class HandoffPromises
{
    /// <summary>How soon after the human is known to be there the agents must be silent.</summary>
    public static TimeSpan SilentWithin { get; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Each handoff was asked for once and came to one end: a human took the caller over, the caller was given away, or it was given up.
    /// </summary>
    public static ProvenPromise OneEnd(AuditTrail trail)
    {
        const string Name = "handoff_once";
        var handoffs = trail.Now.Handoffs.ToList();
        if (handoffs.Count == 0)
        {
            return ProvenPromise.Yes(Name, "nobody asked for a human");
        }

        var again = trail.Events.Select(read => read.Event.Fact)
            .OfType<CallFact.HandoffRequested>()
            .CountBy(asked => asked.Number)
            .Where(count => count.Value > 1)
            .Select(count => $"handoff {count.Key} was asked for {count.Value} times");
        var twoEnds = handoffs.Where(handoff => handoff.Status == HandoffStatus.Failed)
            .Where(handoff => IsTold(trail, handoff, LifecycleEventName.HumanJoined))
            .Select(handoff => $"handoff {handoff.Number} failed, and a human was told to have come");
        var tooMany = handoffs.Count(handoff => handoff.IsConnected) > 1 ? ["two handoffs found a human"] : (string[])[];
        var open = handoffs.Where(handoff => !handoff.IsOver).Select(handoff => $"handoff {handoff.Number} never came to an end").ToList();
        var faults = again.Concat(twoEnds).Concat(tooMany).ToList();
        return open.Count > 0 && faults.Count == 0 && trail.IsUnderWay
            ? ProvenPromise.NotYet(Name, "the handoff is under way")
            : ProvenPromise.Unless(
                Name, faults.Concat(open), string.Join(", ", handoffs.Select(handoff => $"handoff {handoff.Number} {WordOf(handoff)}")));
    }

    /// <summary>
    /// When the human was known to be there, the agents were put out or muted. Kept also, with the lateness in its text, if that was begun
    /// in time and carried out later, or the call ended first.
    /// </summary>
    public static ProvenPromise AgentSilent(AuditTrail trail)
    {
        const string Name = "agent_silent";
        var state = trail.Now;
        var answers =
            from handoff in state.Handoffs
            from leg in handoff.Legs
            let answer = Handoff.AnswerOf(leg)
            where answer is not null
            select (Handoff: handoff, Leg: leg, answer.At);
        if (answers.OrderByDescending(answer => answer.At).ToList() is not [var first, ..])
        {
            return ProvenPromise.Yes(Name, "no human took the caller over from an agent");
        }

        var due = first.At + SilentWithin;
        var round = state.Silencings.FirstOrDefault().Claim;
        if (round is not { Status: ClaimStatus.Done })
        {
            var gone = state.GoneAt(first.Leg) ?? state.End?.At;
            return gone <= due || first.Handoff.Failure is not null || (state.End is not null && round?.FirstBegunAt <= due)
                ? ProvenPromise.Yes(Name, "the human, or the call, was gone before the agents were silent")
                : trail.IsUnderWay && state.End is null ? ProvenPromise.NotYet(Name, "the agents are still to be silenced")
                : ProvenPromise.No(Name, "an agent could be heard beside the human to the end");
        }

        var took = $"the agents were {round.Result} {HistoryWords.Of(Later(round.At - first.At))} after the human was known to be there";
        return round.At <= due ? ProvenPromise.Yes(Name, took)
            : round.FirstBegunAt <= due ? ProvenPromise.Yes(Name, $"{took}: it was begun in time and took {round.Attempt} attempts")
            : ProvenPromise.No(Name, $"{took}, {HistoryWords.Of(round.At - due)} late");
    }

    private static bool IsTold(AuditTrail trail, Handoff handoff, string name) =>
        trail.Now.Claims.ContainsKey(
            $"{CallEffect.Publish.ClaimPrefix}{(handoff.Number == 1 ? name : $"{name}:{handoff.Number}")}");

    private static string WordOf(Handoff handoff) => handoff.Status switch
    {
        HandoffStatus.Connected => "found a human",
        HandoffStatus.Transferred => "gave the caller away",
        _ => $"was given up: {handoff.Failure?.Result}",
    };

    private static TimeSpan Later(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
