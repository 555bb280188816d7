namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>A file that is no recording.</summary>
internal sealed class RecordingException : Exception
{
    public RecordingException()
    {
    }

    public RecordingException(string message)
        : base(message)
    {
    }

    public RecordingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
