namespace VoiceFunctions.Simulator.Twilio;

/// <summary>The Twilio account of a simulation, and where its <c>&lt;Sip&gt;</c> calls go.</summary>
public sealed record TwilioSetup
{
    /// <summary>The account.</summary>
    public string AccountSid { get; init; } = "AC0123456789abcdef0123456789abcdef";

    /// <summary>Signs everything that Twilio sends.</summary>
    public string AuthToken { get; init; } = "a-token-of-the-simulation";

    /// <summary>The host of the SIP URIs that reach the simulated LiveKit.</summary>
    public string SipHost { get; init; } = "voicefunctions.sip.example.com";

    /// <summary>How often a request for TwiML that got no answer, or a server error, is made again: what <c>#rc=2&amp;rp=ct,rt,5xx</c> on a webhook's URL asks for. Default none.</summary>
    public int Retries { get; init; }
}
