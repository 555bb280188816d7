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
}
