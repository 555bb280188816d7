using System.Text;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// The auth tokens by which requests may be signed: of each account its own. A form names its account before anything is verified, so the
/// name only chooses among the accounts of the settings.
/// </summary>
internal sealed class TwilioKeys
{
    private const string Account = "AccountSid";

    private readonly (byte[]? Sid, byte[][] Tokens)[] accounts;

    private TwilioKeys((byte[]? Sid, byte[][] Tokens)[] accounts) => this.accounts = accounts;

    /// <summary>Whether there is no token, so that nothing is authentic.</summary>
    public bool IsEmpty => Array.TrueForAll(accounts, account => account.Tokens.Length == 0);

    /// <summary>Tokens of one account, whatever its name. Empty ones are ignored.</summary>
    public static TwilioKeys Of(IEnumerable<string> tokens) => new([(null, Bytes(tokens))]);

    /// <summary>Tokens of several accounts. The first one's also belong to a form that names no account.</summary>
    public static TwilioKeys Of(IEnumerable<TwilioAccount> accounts) =>
        new([.. accounts.Select(account => (Encoding.UTF8.GetBytes(account.AccountSid), Bytes(account.AuthTokens)))]);

    /// <summary>
    /// The tokens of the form's account. False where it is none of ours: such a form is compared with the first account's tokens, so that
    /// the answer takes as long as any other.
    /// </summary>
    public bool TryFind(TwilioForm form, out byte[][] tokens)
    {
        tokens = accounts.Length == 0 ? [] : accounts[0].Tokens;
        if (accounts is [{ Sid: null }, ..] || !form.TryFind(Account, out var named))
        {
            return true;
        }

        foreach (var (sid, own) in accounts)
        {
            if (named.SequenceEqual(sid))
            {
                tokens = own;
                return true;
            }
        }

        return false;
    }

    private static byte[][] Bytes(IEnumerable<string> tokens) =>
        [.. tokens.Where(token => !string.IsNullOrWhiteSpace(token)).Select(Encoding.UTF8.GetBytes)];
}
