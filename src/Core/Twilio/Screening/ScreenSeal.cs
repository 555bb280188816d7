using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio.Screening;

/// <summary>
/// Puts caller and called number into the URL that Twilio asks when a human picks up, encrypted: Twilio's request is about the human's leg
/// and names neither, and a URL stands in access logs. The same call gives the same text, so Twilio's retry gets the same TwiML.
/// </summary>
/// <param name="keyring">The first key seals; each one opens, so that a key can be replaced while calls go on.</param>
internal sealed class ScreenSeal(LiveKitKeyring keyring)
{
    private const string Name = "call=";
    private const string Outbound = "outbound";
    private const int KeySize = 32;
    private const int MaxAddressLength = 256;

    private static readonly int NonceSize = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagSize = AesGcm.TagByteSizes.MaxSize;

    /// <summary>The query for a call.</summary>
    public string QueryOf(CallParties parties)
    {
        var (keys, plain) = (KeysOf(keyring.Signing), Encoding.UTF8.GetBytes(TextOf(parties)));
        var sealedText = new byte[NonceSize + plain.Length + TagSize];
        var nonce = sealedText.AsSpan(0, NonceSize);
        // Made of the text, a nonce comes twice only for the same text.
        HMACSHA256.HashData(keys.AsSpan(KeySize), plain).AsSpan(0, NonceSize).CopyTo(nonce);
        using var cipher = new AesGcm(keys.AsSpan(0, KeySize), TagSize);
        cipher.Encrypt(nonce, plain, sealedText.AsSpan(NonceSize, plain.Length), sealedText.AsSpan(NonceSize + plain.Length));
        return Name + Base64Url.EncodeToString(sealedText);
    }

    /// <summary>Reads such a query; <c>null</c> for any other text, and where its key is gone.</summary>
    public CallParties? Open(ReadOnlySpan<char> query)
    {
        if (!query.StartsWith(Name) || !Base64Url.IsValid(query[Name.Length..]))
        {
            return null;
        }

        var sealedText = Base64Url.DecodeFromChars(query[Name.Length..]);
        return sealedText.Length < NonceSize + TagSize
            ? null
            : keyring.Keys.Select(key => Open(key, sealedText)).FirstOrDefault(parties => parties is not null);
    }

    private static CallParties? Open(LiveKitKey key, byte[] sealedText)
    {
        var plain = new byte[sealedText.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(KeysOf(key).AsSpan(0, KeySize), TagSize);
        try
        {
            cipher.Decrypt(
                sealedText.AsSpan(0, NonceSize), sealedText.AsSpan(NonceSize, plain.Length), sealedText.AsSpan(^TagSize..), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(plain).Split('\n') switch
        {
            [var from, var to] => CallParties.Of(from, to),
            [var from, var to, Outbound] => CallParties.Of(from, to, CallDirection.Outbound),
            _ => null,
        };
    }

    private static string TextOf(CallParties parties) => $"{Cut(parties.RawFrom)}\n{Cut(parties.RawTo)}"
        + (parties.Direction == CallDirection.Outbound ? $"\n{Outbound}" : "");

    /// <summary>A key to encrypt with and one to make nonces with.</summary>
    private static byte[] KeysOf(LiveKitKey key) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key.Secret), 2 * KeySize, info: "voicefunctions:screen"u8.ToArray());

    private static string Cut(string address) =>
        string.Concat(address.Where(character => !char.IsControl(character)).Take(MaxAddressLength));
}
