using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Journal;

/// <summary>
/// One step of a call as the chain keeps it for ever. The row of a step names the hash of the row before it, and the hash of every row that the step wrote or was the
/// first to see; so nothing can be changed behind it without being seen.
/// </summary>
/// <param name="Number">Its place in the chain, from 1.</param>
/// <param name="At">When it was written, by the writer's clock.</param>
/// <param name="Previous">The hash of the row of the step before it; empty for the first.</param>
/// <param name="Claims">The claims as the step wrote them.</param>
/// <param name="Rows">The hashes of the rows that it seals, by key: events that no earlier step had seen, its claims, and the call's record.</param>
public sealed record JournalCommit(int Number, DateTimeOffset At, string Previous, IReadOnlyList<EffectClaim> Claims, IReadOnlyDictionary<string, string> Rows)
{
    /// <summary>The decision that began it; <c>null</c> for a step that writes what became of one.</summary>
    public RecordedDecision? Decision { get; init; }
}
