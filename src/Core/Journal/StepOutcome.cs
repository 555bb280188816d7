namespace VoiceFunctions.Core.Journal;

/// <summary>What became of a step, and how the history is known after it.</summary>
/// <param name="Outcome">Whether it was written.</param>
/// <param name="Version">
/// The version of the history after the step, on which the same writer can write the next one without reading. <c>null</c> if nothing was
/// written, or the store's answer was lost: then the history must be read.
/// </param>
public readonly record struct StepOutcome(CommitOutcome Outcome, string? Version = null);
