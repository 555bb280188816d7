namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>What an orchestrator gets for an activity that threw.</summary>
internal sealed class ActivityFailedException : Exception
{
    public ActivityFailedException()
    {
    }

    public ActivityFailedException(string message)
        : base(message)
    {
    }

    public ActivityFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
