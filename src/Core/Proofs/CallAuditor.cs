using System.Globalization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Proofs;

/// <summary>Computes a call's story and its promises from the stored rows, and from nothing else.</summary>
public static class CallAuditor
{
    /// <summary>Proves a call.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="rows">Everything that is stored of it.</param>
    /// <param name="routes">Tell how long the room may stay after the end.</param>
    public static CallProof Audit(CallId callId, IReadOnlyList<StoredRow> rows, RouteTable routes)
    {
        try
        {
            return Audit(new AuditTrail(callId, rows), routes);
        }
        catch (Exception nonsense) when (nonsense is NullReferenceException or FormatException or OverflowException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            // Rows that somebody forged with hashes that fit can hold anything; no gateway writes what cannot be folded.
            return new CallProof(callId.Value, ProofAnswer.No, [ProvenPromise.No("rows", "the rows hold what no gateway writes")], "", [], [], [], rows);
        }
    }

    private static CallProof Audit(AuditTrail story, RouteTable routes)
    {
        ProvenPromise[] promises = story.IsUnchained ? [StoryPromises.Chain(story)] :
        [
            StoryPromises.Chain(story),
            StoryPromises.Rows(story),
            StoryPromises.Record(story),
            StoryPromises.ClaimsFirst(story),
            AgentPromises.OnePerEpoch(story),
            AgentPromises.OneAtATime(story),
            AgentPromises.Sent(story),
            EndPromises.One(story),
            EndPromises.NeverBack(story),
            EndPromises.RoomDeleted(story, routes),
            EndPromises.Told(story),
        ];
        return new CallProof(
            story.CallId.Value,
            promises.Any(promise => promise.Answer == ProofAnswer.No) ? ProofAnswer.No : promises.All(promise => promise.Answer == ProofAnswer.Yes) ? ProofAnswer.Yes : ProofAnswer.NotYet,
            promises,
            story.Steps.Count > 0 ? story.Steps[^1].Row.Hash() : "",
            [.. EventsOf(story)],
            [.. story.Steps.Select(read => new ProofStep(read.Step.Number, read.Step.At, read.Step.Decision?.At, StoryWords.Of(read.Step), read.Row.Hash()))],
            [.. EffectsOf(story)],
            [.. story.Rows.OrderBy(row => row.Key, StringComparer.Ordinal)]);
    }

    private static IEnumerable<ProofEvent> EventsOf(AuditTrail story)
    {
        var again = story.Rows.Where(row => row.Key.StartsWith(JournalRowKeys.DuplicatePrefix, StringComparison.Ordinal)).CountBy(RowChecks.EventOf).ToDictionary();
        return story.Events.OrderBy(read => read.Event.At).ThenBy(read => read.SealedBy ?? int.MaxValue).ThenBy(read => read.Event.Id, StringComparer.Ordinal)
            .Select(read => new ProofEvent(read.Event.Id, read.Event.At, StoryWords.Of(read.Event), read.SealedBy, again.GetValueOrDefault(read.Row.Key)));
    }

    private static IEnumerable<ProofEffect> EffectsOf(AuditTrail story) =>
        from step in story.Steps
        from claim in step.Step.Claims
        group step.Step.Number by claim.Key into effect
        let last = story.Last.Claims[effect.Key]
        select new ProofEffect(effect.Key, last.Status, last.Attempt, last.Result, [.. effect]);
}
