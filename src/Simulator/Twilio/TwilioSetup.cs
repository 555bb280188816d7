using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>The Twilio account of a simulation, and where its <c>&lt;Sip&gt;</c> calls go.</summary>
public sealed record TwilioSetup
{
    /// <summary>The account.</summary>
    public string AccountSid { get; init; } = "AC0123456789abcdef0123456789abcdef";

    /// <summary>Signs everything that Twilio sends.</summary>
    public string AuthToken { get; init; } = "a-token-of-the-simulation";

    /// <summary>The fragment of the numbers' voice URL, which says how Twilio repeats a request that failed: <c>#rc=2&amp;rp=ct,rt,5xx</c>. Default: none.</summary>
    public string VoiceOverride { get; init; } = "";

    /// <summary>The host of the SIP URIs that reach the simulated LiveKit.</summary>
    public string SipHost { get; init; } = "voicefunctions.sip.example.com";
}
