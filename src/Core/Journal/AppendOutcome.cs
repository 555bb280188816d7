namespace VoiceFunctions.Core.Journal;

/// <summary>What became of an event that was offered to the journal.</summary>
public enum AppendOutcome
{
    /// <summary>Stored just now.</summary>
    Appended,

    /// <summary>An event of that id was there already; the journal is unchanged.</summary>
    Duplicate,
}
