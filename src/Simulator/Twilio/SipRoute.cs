namespace VoiceFunctions.Simulator.Twilio;

/// <summary>The route from Twilio to LiveKit SIP.</summary>
public abstract record SipRoute
{
    private SipRoute()
    {
    }

    /// <summary>Calls reach LiveKit.</summary>
    public static SipRoute Open { get; } = new Connected();

    /// <summary>486: the line is busy.</summary>
    public static SipRoute Busy { get; } = new Failing(486);

    /// <summary>503: LiveKit SIP is down.</summary>
    public static SipRoute Down { get; } = new Failing(503);

    /// <summary>Calls reach LiveKit.</summary>
    public sealed record Connected : SipRoute;

    /// <summary>Calls do not reach LiveKit. The network answers them with this status.</summary>
    public sealed record Failing(int SipStatus) : SipRoute;
}
