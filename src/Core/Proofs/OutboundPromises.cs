using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Proofs;

/// <summary>The promises to whoever is called; only a call that was asked for over the API has them.</summary>
internal static class OutboundPromises
{
    /// <summary>Both of them, where a phone was to be called.</summary>
    public static IReadOnlyList<ProvenPromise> Of(AuditTrail trail) =>
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
}
