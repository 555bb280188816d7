namespace VoiceFunctions.Simulator.Twilio;

/// <summary>The Twilio account of a simulation, and the host of its <c>&lt;Sip&gt;</c> calls.</summary>
public sealed record TwilioSetup
{
    /// <summary>The account.</summary>
    public string AccountSid { get; init; } = "AC0123456789abcdef0123456789abcdef";

    /// <summary>The auth token that signs Twilio's requests.</summary>
    public string AuthToken { get; init; } = "a-token-of-the-simulation";

    /// <summary>
    /// The fragment of the phone numbers' voice URL, with Twilio's retries of a failed request: <c>#rc=2&amp;rp=ct,rt,5xx</c>. Default:
    /// none.
    /// </summary>
    public string VoiceOverride { get; init; } = "";

    /// <summary>Numbers in E.164 that may be shown as caller id, besides the caller's own and the called one.</summary>
    public IReadOnlyList<string> VerifiedNumbers { get; init; } = [];

    /// <summary>The host of the SIP URIs that reach the simulated LiveKit.</summary>
    public string SipHost { get; init; } = "voicefunctions.sip.example.com";
}
