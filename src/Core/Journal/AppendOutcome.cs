namespace VoiceFunctions.Core.Journal;

/// <summary>What became of an event that was offered to the journal.</summary>
public enum AppendOutcome
{
    /// <summary>Stored just now.</summary>
    Appended,

    /// <summary>An event of that id was there already; the journal is unchanged.</summary>
    Duplicate,

    /// <summary>Not stored, and it never will be: it is larger than what the store holds, or the call has too many of its kind.</summary>
    Refused,

    /// <summary>Not offered to the store: it is about a room that is not ours.</summary>
    Foreign,
}
