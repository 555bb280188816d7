using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>
/// What a call's stored rows show: its history, and the promises with an answer each. <see cref="Rows"/> hold personal data; nothing else
/// does.
/// </summary>
/// <param name="CallId">The call.</param>
/// <param name="Holds">Whether every promise was kept.</param>
/// <param name="Promises">The promises.</param>
/// <param name="Events">What was seen, in the order of time.</param>
/// <param name="Steps">What was done, step by step.</param>
/// <param name="Effects">What was done, effect by effect.</param>
/// <param name="Rows">Every stored row, from which all this was computed and can be again.</param>
public sealed record CallProof(
    string CallId,
    ProofAnswer Holds,
    IReadOnlyList<ProvenPromise> Promises,
    IReadOnlyList<ProofEvent> Events,
    IReadOnlyList<ProofStep> Steps,
    IReadOnlyList<ProofEffect> Effects,
    IReadOnlyList<StoredRow> Rows);
