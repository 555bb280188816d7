using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Settings;

/// <summary>Twilio's settings.</summary>
/// <param name="AccountSid">The account whose calls are accepted.</param>
/// <param name="AuthTokens">The auth tokens that are accepted.</param>
/// <param name="SipHost">LiveKit's SIP host.</param>
/// <param name="Credentials">The inbound trunk's user name and password; <c>null</c> if it has none.</param>
public sealed record TwilioSettings(string AccountSid, IReadOnlyList<string> AuthTokens, SipHost SipHost, SipCredentials? Credentials)
{
    /// <inheritdoc/>
    public override string ToString() => AccountSid;
}
