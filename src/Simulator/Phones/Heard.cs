namespace VoiceFunctions.Simulator.Phones;

/// <summary>Something that a caller heard without a break.</summary>
/// <param name="For">For how long.</param>
public abstract record Heard(TimeSpan For)
{
    /// <summary>The ringing tone.</summary>
    public sealed record Ringing(TimeSpan For) : Heard(For);

    /// <summary>An AI agent.</summary>
    public sealed record Agent(TimeSpan For) : Heard(For);

    /// <summary>A human.</summary>
    public sealed record Human(TimeSpan For) : Heard(For);

    /// <summary>Words that the network spoke.</summary>
    public sealed record Message(TimeSpan For, string Text) : Heard(For);

    /// <summary>Nothing, with the line open.</summary>
    public sealed record Silence(TimeSpan For) : Heard(For);

    /// <summary>The network saying that an application error has occurred.</summary>
    public sealed record ApplicationError(TimeSpan For) : Heard(For);
}
