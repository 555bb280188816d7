namespace VoiceFunctions.Core.Telephony;

/// <summary>The user name and password of LiveKit's inbound trunk, with which Twilio answers LiveKit's digest challenge.</summary>
public sealed record SipCredentials(string Username, string Password)
{
    /// <summary>The user name alone.</summary>
    public override string ToString() => Username;
}
