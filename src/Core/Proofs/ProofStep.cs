namespace VoiceFunctions.Core.Proofs;

/// <summary>A step in a proof.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="At">When it was written.</param>
/// <param name="DecidedAt">The time that the policy was asked about; <c>null</c> for a step that writes what became of an effect.</param>
/// <param name="Did">What it wrote.</param>
public sealed record ProofStep(int Number, DateTimeOffset At, DateTimeOffset? DecidedAt, string Did);
