namespace VoiceFunctions.Core.Journal;

/// <summary>The journal's store could not be reached or refused to work; what was asked may be asked again.</summary>
public sealed class JournalUnavailableException : Exception
{
    /// <summary>Without a cause.</summary>
    public JournalUnavailableException()
    {
    }

    /// <summary>With what went wrong, free of personal data.</summary>
    public JournalUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With the store's own exception.</summary>
    public JournalUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Whether the store is there and turns this gateway away, or does not exist: asking again helps only after somebody changed a setting,
    /// a key or a right.
    /// </summary>
    public bool IsRefusal { get; init; }
}
