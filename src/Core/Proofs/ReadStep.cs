using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>A step as it was read back.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Step">What the row says.</param>
/// <param name="Seen">The state on which it was decided: the events that it and the steps before it saw, and their claims.</param>
internal sealed record ReadStep(StoredRow Row, JournalCommit Step, CallState Seen)
{
    /// <summary>The state after it.</summary>
    public CallState After { get; } = Seen.With(Step.Claims);
}
