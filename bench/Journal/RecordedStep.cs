using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Bench;

/// <summary>One step of a recorded call.</summary>
/// <param name="Commit">The step as it was stored.</param>
/// <param name="Seen">The events that it was the first to see.</param>
/// <param name="Change">What it wrote.</param>
internal sealed record RecordedStep(JournalCommit Commit, IReadOnlyList<CallEvent> Seen, JournalChange Change);
