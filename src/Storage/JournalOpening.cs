namespace VoiceFunctions.Storage;

/// <summary>What opening the journal came to. The reasons are half sentences for people, free of secrets.</summary>
public abstract record JournalOpening
{
    private JournalOpening()
    {
    }

    /// <summary>The table is there.</summary>
    public sealed record Opened : JournalOpening;

    /// <summary>The store does not answer or is busy: it is worth asking again.</summary>
    public sealed record Away(string Reason) : JournalOpening;

    /// <summary>The store refuses, and will until somebody changes a setting, a key or a right.</summary>
    public sealed record Refused(string Reason) : JournalOpening;
}
