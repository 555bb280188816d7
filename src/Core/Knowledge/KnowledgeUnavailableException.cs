namespace VoiceFunctions.Core.Knowledge;

/// <summary>The store of documents does not answer, or not in time. Whether it did what it was asked is not known.</summary>
public sealed class KnowledgeUnavailableException : Exception
{
    /// <inheritdoc/>
    public KnowledgeUnavailableException()
        : base("The store of documents does not answer.")
    {
    }

    /// <inheritdoc/>
    public KnowledgeUnavailableException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public KnowledgeUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
