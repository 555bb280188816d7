using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Proofs;

/// <summary>An event as it was read back.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Event">What the row says.</param>
internal sealed record ReadEvent(StoredRow Row, CallEvent Event)
{
    /// <summary>The first step that saw it; <c>null</c> for one that came after the last step.</summary>
    public int? SeenBy { get; set; }
}

/// <summary>A step as it was read back.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Step">What the row says.</param>
/// <param name="Seen">The state on which it was decided: the events that it and the steps before it saw, and their claims.</param>
/// <param name="After">The state after it.</param>
internal sealed record ReadStep(StoredRow Row, JournalCommit Step, CallState Seen, CallState After);
