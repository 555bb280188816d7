namespace VoiceFunctions.Core.Proofs.Replay;

/// <summary>One recorded decision of a call, taken again.</summary>
/// <param name="Step">The step that it began.</param>
/// <param name="At">The time that the policy was asked about.</param>
/// <param name="Recorded">What was decided then.</param>
/// <param name="Today">What this build decides.</param>
/// <param name="Differs">Whether that is something else.</param>
public sealed record ReplayedDecision(int Step, DateTimeOffset At, string Recorded, string Today, bool Differs);
