namespace VoiceFunctions.Core.Journal;

/// <summary>What became of a step that was offered to the journal.</summary>
public enum CommitOutcome
{
    /// <summary>Written as a whole, by this very call.</summary>
    Committed,

    /// <summary>Somebody else changed the call since the history was read; nothing was written.</summary>
    Conflict,

    /// <summary>Nothing was written, and it never will be: an event of the step is larger than what the store holds.</summary>
    Refused,
}
