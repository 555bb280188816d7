namespace VoiceFunctions.Simulator.Twilio;

/// <summary>The way from Twilio to LiveKit SIP.</summary>
public abstract record SipRoute
{
    private SipRoute()
    {
    }

    /// <summary>Calls arrive.</summary>
    public static SipRoute Open { get; } = new Connected();

    /// <summary>486: a busy line.</summary>
    public static SipRoute Busy { get; } = new Failing(486);

    /// <summary>503: nobody there.</summary>
    public static SipRoute Down { get; } = new Failing(503);

    /// <summary>Calls arrive.</summary>
    public sealed record Connected : SipRoute;

    /// <summary>Calls never reach LiveKit; something on the way answers with this status.</summary>
    public sealed record Failing(int SipStatus) : SipRoute;
}
