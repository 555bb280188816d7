namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>A replay did something else than the run that wrote the history.</summary>
internal sealed class NonDeterminismException : Exception
{
    public NonDeterminismException()
    {
    }

    public NonDeterminismException(string message)
        : base(message)
    {
    }

    public NonDeterminismException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
