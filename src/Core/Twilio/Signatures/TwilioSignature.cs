using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// Checks whether Twilio signed a request. The signed URL is PUBLIC_URL followed by the raw target. The signature is the only request
/// header that is read. Safe for concurrent use.
/// </summary>
public sealed class TwilioSignature
{
    /// <summary>The header that carries the signature.</summary>
    public const string HeaderName = "X-Twilio-Signature";

    /// <summary>The length of every signature in characters: 20 bytes in base64.</summary>
    private const int Length = 28;

    /// <summary>The most fields that a form may have. Twilio sends about 30, and one more for each SIP header.</summary>
    private const int MaxFields = 200;

    private readonly byte[][] prefixes;
    private readonly byte[][] keys;
    private readonly int longestPrefix;

    /// <summary>
    /// Accepts a signature by any of the auth tokens, so that a token can be rotated without refusing calls. Empty tokens are ignored.
    /// </summary>
    /// <param name="publicUrl">
    /// The URL under which Twilio reaches the gateway: scheme, host, and optionally a port and a path prefix.
    /// </param>
    /// <param name="authTokens">The account's auth tokens. Without one, no request is authentic.</param>
    /// <exception cref="ArgumentException"><paramref name="publicUrl"/> is not an absolute http or https URL, or has a query.</exception>
    public TwilioSignature(string publicUrl, IReadOnlyList<string> authTokens)
    {
        prefixes = TwilioSignedPrefixes.Of(publicUrl);
        keys = [.. authTokens.Where(token => !string.IsNullOrWhiteSpace(token)).Select(Encoding.UTF8.GetBytes)];
        longestPrefix = prefixes.Max(prefix => prefix.Length);
    }

    /// <summary>What is wrong with target and headers, before a body is read; <c>null</c> where the body decides. Never throws.</summary>
    public TwilioVerification? RefuseHead(GatewayRequest request)
    {
        if (keys.Length == 0)
        {
            return TwilioVerification.NoTokenConfigured;
        }

        if (request.Header(HeaderName) is not { Length: > 0 } signature)
        {
            return TwilioVerification.MissingSignature;
        }

        if (signature.Length != Length || !Base64.IsValid(signature, out var bytes) || bytes != HMACSHA1.HashSizeInBytes)
        {
            return TwilioVerification.MalformedSignature;
        }

        // A target with any other first character would extend the host name.
        return request.RawTarget.StartsWith('/') ? null : TwilioVerification.Mismatch;
    }

    /// <summary>
    /// Verifies the raw request and reads its form. Never throws. <paramref name="form"/> is empty unless the result is
    /// <see cref="TwilioVerification.Authentic"/>. It is also empty for a body that Twilio signed by its hash.
    /// </summary>
    public TwilioVerification Verify(GatewayRequest request, out TwilioForm form)
    {
        form = TwilioForm.Empty;
        if (RefuseHead(request) is { } refusal)
        {
            return refusal;
        }

        var target = request.RawTarget.AsSpan();
        target = target.IndexOf('#') is var fragment and >= 0 ? target[..fragment] : target;
        var query = target[(target.IndexOf('?') + 1)..];

        var isHashed = TwilioBodyHash.IsNamed(query);
        if (!isHashed && request.Body.Span.Count((byte)'&') >= MaxFields)
        {
            return TwilioVerification.TooManyFields;
        }

        var parsed = isHashed ? TwilioForm.Empty : TwilioForm.Parse(request.Body.Span);
        if (!IsSigned(target, parsed, request.Header(HeaderName)!))
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

    /// <summary>The signature that Twilio sends for this URL and form, for the simulator and for tests.</summary>
    /// <param name="url">The full URL with its query as sent. A fragment is ignored.</param>
    /// <param name="form">The fields of the body; <see cref="TwilioForm.Empty"/> for GET and for a body signed by its hash.</param>
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

    /// <summary>Compares the signature with every form of the URL under every token, in constant time.</summary>
    private bool IsSigned(ReadOnlySpan<char> target, TwilioForm form, string signature)
    {
        Span<byte> given = stackalloc byte[Length];
        given.Clear();
        Encoding.ASCII.GetBytes(signature, given);
        Span<byte> expected = stackalloc byte[Length];

        // The target and the form are written once. Each prefix is then written directly before them.
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

    [SuppressMessage(
        "Security",
        "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "Twilio signs with HMAC-SHA1 and offers nothing else.")]
    private static void Sign(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, message, hash);
        Base64.EncodeToUtf8(hash, signature, out _, out _);
    }
}
