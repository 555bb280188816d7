using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Settings;

/// <summary>Twilio's side of the settings.</summary>
/// <param name="AccountSid">The account whose calls are taken.</param>
/// <param name="AuthTokens">The tokens that are accepted.</param>
/// <param name="SipHost">LiveKit's SIP host.</param>
/// <param name="Credentials">The inbound trunk's; <c>null</c> where it has none.</param>
public sealed record TwilioSettings(string AccountSid, IReadOnlyList<string> AuthTokens, SipHost SipHost, SipCredentials? Credentials)
{
    /// <inheritdoc/>
    public override string ToString() => AccountSid;
}
