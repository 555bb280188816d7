using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Proofs;

/// <summary>An effect in a proof, with its claim.</summary>
/// <param name="Key">The claim's key.</param>
/// <param name="Status">How far it came.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Steps">The steps that wrote its claim.</param>
public sealed record ProofEffect(string Key, ClaimStatus Status, int Attempts, string? Result, IReadOnlyList<int> Steps);
