using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// Tells whether Twilio signed a request. The signed URL is PUBLIC_URL followed by the raw target; nothing comes from request headers
/// but the signature. Safe for concurrent use.
/// </summary>
public sealed class TwilioSignature
{
    /// <summary>The header that carries the signature.</summary>
    public const string HeaderName = "X-Twilio-Signature";

    /// <summary>The length of every signature in characters: 20 bytes in base64.</summary>
    private const int Length = 28;

    private readonly byte[][] prefixes;
    private readonly byte[][] keys;
    private readonly int longestPrefix;

    /// <summary>Accepts any of the auth tokens, so that one can follow another without a refused call. Empty ones do not count.</summary>
    /// <param name="publicUrl">Where Twilio reaches this gateway: scheme, host, and a port and path prefix if there are any.</param>
    /// <param name="authTokens">The account's auth tokens; without one, nothing is authentic.</param>
    /// <exception cref="ArgumentException"><paramref name="publicUrl"/> is not an absolute http or https URL, or has a query.</exception>
    public TwilioSignature(string publicUrl, IReadOnlyList<string> authTokens)
    {
        prefixes = TwilioSignedPrefixes.Of(publicUrl);
        keys = [.. authTokens.Where(token => !string.IsNullOrWhiteSpace(token)).Select(Encoding.UTF8.GetBytes)];
        longestPrefix = prefixes.Max(prefix => prefix.Length);
    }

    /// <summary>
    /// Verifies the raw request and reads its form. Never throws, whatever was sent. <paramref name="form"/> is empty unless the answer is
    /// <see cref="TwilioVerification.Authentic"/>, and for a body that Twilio signed by its hash.
    /// </summary>
    public TwilioVerification Verify(GatewayRequest request, out TwilioForm form)
    {
        form = TwilioForm.Empty;
        if (keys.Length == 0)
        {
            return TwilioVerification.NoTokenConfigured;
        }

        if (request.Header(HeaderName) is not { Length: > 0 } signature)
        {
            return TwilioVerification.MissingSignature;
        }

        if (signature.Length != Length)
        {
            return TwilioVerification.MalformedSignature;
        }

        // Any other first character would continue the host name.
        if (!request.RawTarget.StartsWith('/'))
        {
            return TwilioVerification.Mismatch;
        }

        var target = request.RawTarget.AsSpan();
        target = target.IndexOf('#') is var fragment and >= 0 ? target[..fragment] : target;
        var query = target[(target.IndexOf('?') + 1)..];

        var isHashed = TwilioBodyHash.IsNamed(query);
        var parsed = isHashed ? TwilioForm.Empty : TwilioForm.Parse(request.Body.Span);
        if (!IsSigned(target, parsed, signature))
        {
            return TwilioVerification.Mismatch;
        }

        if (isHashed && !TwilioBodyHash.Matches(query, request.Body.Span))
        {
            return TwilioVerification.BodyHashMismatch;
        }

        form = parsed;
        return TwilioVerification.Authentic;
    }

    /// <summary>The signature that Twilio sends for this URL and form: what a simulator or a test signs with.</summary>
    /// <param name="url">The full URL with its query as sent; a fragment is left out.</param>
    /// <param name="form">The fields of the body; <see cref="TwilioForm.Empty"/> for GET, and for a body that the URL names by its hash.</param>
    /// <param name="authToken">The account's auth token.</param>
    public static string Sign(string url, TwilioForm form, string authToken)
    {
        var signed = Encoding.UTF8.GetBytes(url.Split('#')[0]);
        var message = new byte[signed.Length + form.MaxSignedLength];
        signed.CopyTo(message, 0);
        var length = signed.Length + form.WriteSigned(message.AsSpan(signed.Length));

        Span<byte> signature = stackalloc byte[Length];
        Sign(Encoding.UTF8.GetBytes(authToken), message.AsSpan(0, length), signature);
        return Encoding.ASCII.GetString(signature);
    }

    /// <summary>Compares with every form of the URL under every token, in a time that does not tell which one came close.</summary>
    private bool IsSigned(ReadOnlySpan<char> target, TwilioForm form, string signature)
    {
        Span<byte> given = stackalloc byte[Length];
        given.Clear();
        Encoding.ASCII.GetBytes(signature, given);
        Span<byte> expected = stackalloc byte[Length];

        // What follows the prefix is written once; each prefix is then written so that it ends where that begins.
        var buffer = ArrayPool<byte>.Shared.Rent(longestPrefix + Encoding.UTF8.GetMaxByteCount(target.Length) + form.MaxSignedLength);
        var end = longestPrefix + Encoding.UTF8.GetBytes(target, buffer.AsSpan(longestPrefix));
        end += form.WriteSigned(buffer.AsSpan(end));

        var isSigned = false;
        foreach (var prefix in prefixes)
        {
            var message = buffer.AsSpan((longestPrefix - prefix.Length)..end);
            prefix.CopyTo(message);
            foreach (var key in keys)
            {
                Sign(key, message, expected);
                isSigned |= CryptographicOperations.FixedTimeEquals(expected, given);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return isSigned;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Twilio signs with HMAC-SHA1 and offers nothing else.")]
    private static void Sign(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, message, hash);
        Base64.EncodeToUtf8(hash, signature, out _, out _);
    }
}
