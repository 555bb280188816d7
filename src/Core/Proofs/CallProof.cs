using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>What a call's stored rows show: its story, and the promises with an answer each. <see cref="Rows"/> hold personal data; nothing else does.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Holds">Whether every promise was kept.</param>
/// <param name="Promises">The promises.</param>
/// <param name="Head">The hash of the last step: whoever has noted it can tell a story that was written anew as a whole.</param>
/// <param name="Events">What was seen, in the order of time.</param>
/// <param name="Steps">What was done, step by step.</param>
/// <param name="Effects">What was done, effect by effect.</param>
/// <param name="Rows">Every stored row, from which all this was computed and can be again.</param>
public sealed record CallProof(
    string CallId,
    ProofAnswer Holds,
    IReadOnlyList<ProvenPromise> Promises,
    string Head,
    IReadOnlyList<ProofEvent> Events,
    IReadOnlyList<ProofStep> Steps,
    IReadOnlyList<ProofEffect> Effects,
    IReadOnlyList<StoredRow> Rows);

/// <summary>An event in a proof.</summary>
/// <param name="Id">The provider's delivery id.</param>
/// <param name="At">When the gateway learnt it.</param>
/// <param name="What">What it says, without personal data.</param>
/// <param name="SealedBy">The step that was the first to see it; <c>null</c> for one that came too late for any.</param>
/// <param name="Duplicates">How often it was noted to have come again, and was dropped.</param>
public sealed record ProofEvent(string Id, DateTimeOffset At, string What, int? SealedBy, int Duplicates);

/// <summary>A step in a proof.</summary>
/// <param name="Number">Its place in the chain.</param>
/// <param name="At">When it was written.</param>
/// <param name="DecidedAt">The time that the policy was asked about; <c>null</c> for a step that writes what became of an effect.</param>
/// <param name="Did">What it wrote.</param>
/// <param name="Hash">The hash of its row.</param>
public sealed record ProofStep(int Number, DateTimeOffset At, DateTimeOffset? DecidedAt, string Did, string Hash);

/// <summary>An effect in a proof, with its claim.</summary>
/// <param name="Key">The claim's key.</param>
/// <param name="Status">How far it came.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Steps">The steps that wrote its claim.</param>
public sealed record ProofEffect(string Key, ClaimStatus Status, int Attempts, string? Result, IReadOnlyList<int> Steps);
