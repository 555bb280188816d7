using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Settings.Services;

/// <summary>Twilio's settings.</summary>
/// <param name="Accounts">The accounts whose calls are taken, at least one; the first one also stands for a call that names none.</param>
/// <param name="SipHost">LiveKit's SIP host.</param>
/// <param name="Credentials">The inbound trunk's user name and password; <c>null</c> if it has none.</param>
public sealed record TwilioSettings(IReadOnlyList<TwilioAccount> Accounts, SipHost SipHost, SipCredentials? Credentials)
{
    /// <summary>The first account.</summary>
    public string AccountSid => Accounts[0].AccountSid;

    /// <summary>The first account's auth tokens.</summary>
    public IReadOnlyList<string> AuthTokens => Accounts[0].AuthTokens;

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Accounts);
}
