using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// Checks whether Twilio signed a request. The signed URL is PUBLIC_URL followed by the raw target. Of the request's headers only the
/// signature is believed; those that name the host may only say in which capitals PUBLIC_URL's own host was signed. Safe for concurrent
/// use.
/// </summary>
public sealed class TwilioSignature
{
    /// <summary>The header that carries the signature.</summary>
    public const string HeaderName = "X-Twilio-Signature";

    /// <summary>The length of every signature in characters: 20 bytes in base64.</summary>
    private const int Length = 28;

    /// <summary>The most fields that a form may have. Twilio sends about 30, and one more for each SIP header.</summary>
    private const int MaxFields = 200;

    /// <summary>
    /// The most bytes of target and form that are tried with the host in other capitals too. Twilio's own come to about 2 KB; a forger's
    /// 64 KB shall not be hashed many times.
    /// </summary>
    private const int MaxRespelt = 16 * 1024;

    private static readonly string[] HostHeaders = ["Host", "X-Forwarded-Host"];

    private readonly TwilioSignedUrl url;
    private readonly byte[][] prefixes;
    private readonly byte[][] respelt;
    private readonly TwilioKeys keys;
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
        : this(TwilioSignedUrl.Of(publicUrl), [], TwilioKeys.Of(authTokens))
    {
    }

    /// <summary>Accepts the calls of several accounts, each signed by its own tokens only.</summary>
    /// <param name="url">The URL under which Twilio reaches the gateway.</param>
    /// <param name="spellings">The same URL with its host in other capitals.</param>
    /// <param name="keys">The accounts' tokens.</param>
    internal TwilioSignature(TwilioSignedUrl url, IEnumerable<TwilioSignedUrl> spellings, TwilioKeys keys)
    {
        this.url = url;
        this.keys = keys;
        prefixes = url.Prefixes;
        respelt = [.. spellings.SelectMany(spelling => spelling.Prefixes)];
        longestPrefix = prefixes.Concat(respelt).Max(prefix => prefix.Length);
    }

    /// <summary>What is wrong with target and headers, before a body is read; <c>null</c> where the body decides. Never throws.</summary>
    public TwilioVerification? RefuseHead(GatewayRequest request)
    {
        if (keys.IsEmpty)
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

        // The form is not verified yet. It only selects the keys.
        var parsed = isHashed ? TwilioForm.Empty : TwilioForm.Parse(request.Body.Span);
        var isOurs = keys.TryFind(parsed, out var tokens);
        if (!IsSigned(request, target, parsed, tokens))
        {
            return TwilioVerification.Mismatch;
        }

        if (!isOurs)
        {
            return TwilioVerification.OtherAccount;
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

    /// <summary>Whether a signature is that of a message, for telling why a request was refused; compared in constant time.</summary>
    internal static bool IsSignature(string signature, byte[] key, ReadOnlySpan<byte> message)
    {
        Span<byte> expected = stackalloc byte[Length];
        Sign(key, message, expected);
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>
    /// Compares the signature with the forms of the URL under every token of the account, each in constant time. Other capitals of the
    /// host come last.
    /// </summary>
    private bool IsSigned(GatewayRequest request, ReadOnlySpan<char> target, TwilioForm form, byte[][] tokens)
    {
        Span<byte> given = stackalloc byte[Length];
        given.Clear();
        Encoding.ASCII.GetBytes(request.Header(HeaderName)!, given);

        // The target and the form are written once. Each prefix is then written directly before them.
        var buffer = ArrayPool<byte>.Shared.Rent(longestPrefix + Encoding.UTF8.GetMaxByteCount(target.Length) + form.MaxSignedLength);
        var end = longestPrefix + Encoding.UTF8.GetBytes(target, buffer.AsSpan(longestPrefix));
        end += form.WriteSigned(buffer.AsSpan(end));

        var message = buffer.AsSpan(0, end);
        var isSigned = IsSigned(message, prefixes, tokens, given)
            || (end - longestPrefix <= MaxRespelt
                && (IsSigned(message, Told(request), tokens, given) || IsSigned(message, respelt, tokens, given)));
        ArrayPool<byte>.Shared.Return(buffer);
        return isSigned;
    }

    /// <summary>Ends with the first that signs: whoever signs rightly learns nothing by it, and whoever does not waits for all.</summary>
    private bool IsSigned(Span<byte> message, byte[][] prefixes, byte[][] tokens, ReadOnlySpan<byte> given)
    {
        Span<byte> expected = stackalloc byte[Length];
        foreach (var prefix in prefixes)
        {
            var signed = message[(longestPrefix - prefix.Length)..];
            prefix.CopyTo(signed);
            foreach (var key in tokens)
            {
                Sign(key, signed, expected);
                if (CryptographicOperations.FixedTimeEquals(expected, given))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>PUBLIC_URL's own host in the capitals in which the request names it; none where the request names another one.</summary>
    private byte[][] Told(GatewayRequest request) =>
        [.. HostHeaders.Select(name => url.SpeltLike(request.Header(name))).OfType<TwilioSignedUrl>().SelectMany(told => told.Prefixes)];

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
