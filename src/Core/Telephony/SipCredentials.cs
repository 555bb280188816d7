namespace VoiceFunctions.Core.Telephony;

/// <summary>What Twilio answers LiveKit's digest challenge with: the inbound trunk's user name and password.</summary>
public sealed record SipCredentials(string Username, string Password)
{
    /// <summary>The user name alone.</summary>
    public override string ToString() => Username;
}
