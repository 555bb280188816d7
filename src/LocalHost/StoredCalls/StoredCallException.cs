namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>A story that was asked for cannot be had; the message says why, for people.</summary>
internal sealed class StoredCallException : Exception
{
    public StoredCallException()
    {
    }

    public StoredCallException(string message)
        : base(message)
    {
    }

    public StoredCallException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
