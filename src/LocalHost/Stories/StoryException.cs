namespace VoiceFunctions.LocalHost.Stories;

/// <summary>A story that was asked for cannot be had; the message says why, for people.</summary>
internal sealed class StoryException : Exception
{
    public StoryException()
    {
    }

    public StoryException(string message)
        : base(message)
    {
    }

    public StoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
