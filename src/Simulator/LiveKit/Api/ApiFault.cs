namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>What goes wrong with one call of the API.</summary>
public abstract record ApiFault
{
    private ApiFault()
    {
    }

    /// <summary>Answers 500 and does nothing.</summary>
    public sealed record ServerError : ApiFault;

    /// <summary>Does nothing and does not answer for a minute: the caller gives up first.</summary>
    public sealed record TimeOutUndone : ApiFault;

    /// <summary>Does what it was asked and does not answer for a minute: the caller gives up and cannot know.</summary>
    public sealed record TimeOutDone : ApiFault;

    /// <summary>Does what it was asked and answers 503: the caller is told a lie.</summary>
    public sealed record FailedDone : ApiFault;

    /// <summary>Does what it was asked, later.</summary>
    public sealed record Delayed(TimeSpan By) : ApiFault;
}
