using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Proofs;

/// <summary>Computes a call's history and its promises from the stored rows, and from nothing else.</summary>
public static class CallAuditor
{
    /// <summary>Proves a call.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="rows">Everything that is stored of it.</param>
    /// <param name="routes">Tell how long the room may stay after the end.</param>
    /// <param name="scope">Tells which rooms are ours; <c>null</c> where that is not to be proven.</param>
    public static CallProof Audit(CallId callId, IReadOnlyList<StoredRow> rows, RouteTable routes, RoomScope? scope = null)
    {
        try
        {
            return Audit(new AuditTrail(callId, rows), routes, scope);
        }
        catch (Exception nonsense) when (AuditTrail.IsNonsense(nonsense))
        {
            return new CallProof(
                callId.Value, ProofAnswer.No, [ProvenPromise.No("rows", "the rows hold what no gateway writes")], [], [], [], rows);
        }
    }

    private static CallProof Audit(AuditTrail trail, RouteTable routes, RoomScope? scope)
    {
        ProvenPromise[] promises = trail.HasNoSteps ? [HistoryPromises.Steps(trail)] :
        [
            HistoryPromises.Steps(trail),
            HistoryPromises.Rows(trail),
            HistoryPromises.Record(trail),
            HistoryPromises.ClaimsFirst(trail),
            AgentPromises.OnePerEpoch(trail),
            AgentPromises.OneAtATime(trail),
            AgentPromises.Sent(trail, routes),
            .. scope is null ? (ProvenPromise[])[] : [BelongingPromises.OnlyOurRoom(trail, scope)],
            BelongingPromises.OnlyOurAgents(trail),
            BelongingPromises.NobodyDisturbed(trail),
            BelongingPromises.NobodyLeftRinging(trail),
            HandoffPromises.OneEnd(trail),
            HandoffPromises.AgentSilent(trail),
            .. AgentPromises.BeforePhone(trail),
            EndPromises.One(trail),
            EndPromises.NeverBack(trail),
            EndPromises.RoomDeleted(trail, routes),
            RecordingPromises.Once(trail),
            RecordingPromises.Stopped(trail),
            EndPromises.Told(trail),
        ];
        return new CallProof(
            trail.CallId.Value,
            promises.Any(promise => promise.Answer == ProofAnswer.No)
                ? ProofAnswer.No
                : promises.All(promise => promise.Answer == ProofAnswer.Yes) ? ProofAnswer.Yes : ProofAnswer.NotYet,
            promises,
            [.. EventsOf(trail)],
            [.. trail.Steps
                .Select(read => read.Step)
                .Select(step => new ProofStep(step.Number, step.At, step.Decision?.At, HistoryWords.Of(step)))],
            [.. EffectsOf(trail)],
            [.. trail.Rows.OrderBy(row => row.Key, StringComparer.Ordinal)]);
    }

    private static IEnumerable<ProofEvent> EventsOf(AuditTrail trail)
    {
        var again = trail.Rows.Where(row => row.Key.StartsWith(JournalRowKeys.DuplicatePrefix, StringComparison.Ordinal))
            .CountBy(RowChecks.EventOf)
            .ToDictionary();
        return trail.Events.OrderBy(read => read.Event.At)
            .ThenBy(read => read.SeenBy ?? int.MaxValue)
            .ThenBy(read => read.Event.Id, StringComparer.Ordinal)
            .Select(read => new ProofEvent(
                read.Event.Id, read.Event.At, HistoryWords.Of(read.Event), read.SeenBy, again.GetValueOrDefault(read.Row.Key)));
    }

    private static IEnumerable<ProofEffect> EffectsOf(AuditTrail trail) =>
        from step in trail.Steps
        from claim in step.Step.Claims
        group step.Step.Number by claim.Key into effect
        let last = trail.Last.Claims[effect.Key]
        select new ProofEffect(effect.Key, last.Status, last.Attempt, last.Result, [.. effect]);
}
