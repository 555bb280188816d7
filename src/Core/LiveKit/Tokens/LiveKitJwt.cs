using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VoiceFunctions.Core.LiveKit.Tokens;

/// <summary>Signs and checks JWTs (RFC 7519) as LiveKit does: always with HMAC-SHA256.</summary>
internal static class LiveKitJwt
{
    /// <summary>How far the sender's clock may differ from ours, in seconds. LiveKit's own servers allow the same.</summary>
    public const long LeewaySeconds = 60;

    /// <summary>
    /// How far the end of a token's validity may lie in the future, in seconds: 24 hours. Of the tokens that reach the gateway a
    /// webhook's is valid for 5 minutes, a job's for 1 hour (livekit/protocol, <c>agent/token.go</c>; both are so in the recordings), and
    /// one that an agent makes with LiveKit's SDKs for their default of 6 hours.
    /// </summary>
    public const long MaxLifetimeSeconds = 24 * 60 * 60;

    /// <summary>
    /// The longest accepted token, in characters. LiveKit's tokens have 200 to 400, and a few thousand with a room configuration.
    /// </summary>
    public const int MaxLength = 8192;

    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"; // {"alg":"HS256","typ":"JWT"}
    private const string Scheme = "Bearer ";

    private static readonly LiveKitTokenHeader Usual = new("HS256");

    /// <summary>
    /// Does not escape the plus of base64, so that our tokens are equal to a real server's. The text is never put into HTML.
    /// </summary>
    private static readonly LiveKitTokenJson Json =
        new(new JsonSerializerOptions(LiveKitTokenJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Signs a token with <paramref name="payload"/> as its claims.</summary>
    public static string Sign(LiveKitKey key, LiveKitTokenPayload payload)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(payload, Json.LiveKitTokenPayload);
        var signed = $"{Header}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Signature(key, signed)}";
    }

    /// <summary>
    /// Checks form, algorithm, key, signature and times, in this order. The payload is <c>null</c> unless all checks pass.
    /// </summary>
    public static TokenVerification Check(
        LiveKitKeyring keyring, string? authorization, DateTimeOffset now, out LiveKitTokenPayload? payload)
    {
        payload = null;
        var token = WithoutScheme(authorization);
        if (token.IsEmpty)
        {
            return TokenVerification.MissingToken;
        }

        if (!TrySplit(token, out var signed, out var claims, out var signature)
            || HeaderOf(signed[..^(claims.Length + 1)]) is not { } header)
        {
            return TokenVerification.MalformedToken;
        }

        if (header.Alg != "HS256")
        {
            return TokenVerification.WrongAlgorithm;
        }

        if (header.Crit.ValueKind != JsonValueKind.Undefined)
        {
            return TokenVerification.CriticalHeader;
        }

        // The claims are not verified yet. They only select the key.
        if (Read(claims, Json.LiveKitTokenPayload) is not { } unproven)
        {
            return TokenVerification.MalformedToken;
        }

        if (keyring.Find(unproven.Iss) is not { } key)
        {
            return TokenVerification.UnknownKey;
        }

        // The signatures are compared as text, so no other spelling of the same signature passes.
        if (!CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(signature),
            MemoryMarshal.AsBytes(Signature(key, signed).AsSpan())))
        {
            return TokenVerification.BadSignature;
        }

        var verification = CheckTimes(unproven, now.ToUnixTimeSeconds());
        payload = verification == TokenVerification.Authentic ? unproven : null;
        return verification;
    }

    /// <summary>
    /// The key whose secret signed a token, whichever key the token names; <c>null</c> where it is none of these. For telling why a token
    /// was refused, never for letting one in.
    /// </summary>
    public static LiveKitKey? SignerOf(IEnumerable<LiveKitKey> keys, string? authorization, out LiveKitTokenPayload? unproven)
    {
        unproven = null;
        if (!TrySplit(WithoutScheme(authorization), out var signed, out var claims, out var signature))
        {
            return null;
        }

        unproven = Read(claims, Json.LiveKitTokenPayload);
        foreach (var key in unproven is null ? [] : keys)
        {
            if (CryptographicOperations.FixedTimeEquals(
                MemoryMarshal.AsBytes(signature), MemoryMarshal.AsBytes(Signature(key, signed).AsSpan())))
            {
                return key;
            }
        }

        return null;
    }

    private static TokenVerification CheckTimes(LiveKitTokenPayload payload, long now) => payload switch
    {
        { Exp: null } => TokenVerification.MissingExpiry,
        { Exp: var exp } when now - LeewaySeconds > exp => TokenVerification.Expired,
        { Exp: var exp } when now + LeewaySeconds + MaxLifetimeSeconds < exp => TokenVerification.LivesTooLong,
        { Nbf: var nbf } when now + LeewaySeconds < nbf => TokenVerification.NotYetValid,
        { Iat: var iat } when now + LeewaySeconds < iat => TokenVerification.NotYetValid,
        _ => TokenVerification.Authentic,
    };

    private static ReadOnlySpan<char> WithoutScheme(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization.AsSpan(Scheme.Length)
            : authorization;

    private static bool TrySplit(
        ReadOnlySpan<char> token, out ReadOnlySpan<char> signed, out ReadOnlySpan<char> claims, out ReadOnlySpan<char> signature)
    {
        signed = claims = signature = default;
        var first = token.IndexOf('.');
        var last = token.LastIndexOf('.');
        if (token.Length > MaxLength || first <= 0 || last - first <= 1 || !Ascii.IsValid(token))
        {
            return false;
        }

        signed = token[..last];
        claims = token[(first + 1)..last];
        signature = token[(last + 1)..];
        return true;
    }

    /// <summary>LiveKit writes every header like ours, which needs no reading.</summary>
    private static LiveKitTokenHeader? HeaderOf(ReadOnlySpan<char> part) =>
        part.SequenceEqual(Header) ? Usual : Read(part, Json.LiveKitTokenHeader);

    /// <summary>
    /// Reads one part of a token; <c>null</c> if it is not the base64url of a JSON object with claims of the right types.
    /// </summary>
    private static T? Read<T>(ReadOnlySpan<char> part, JsonTypeInfo<T> type)
        where T : class
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Base64Url.GetMaxDecodedLength(part.Length));
        try
        {
            return Base64Url.DecodeFromChars(part, bytes, out _, out var length) == OperationStatus.Done
                ? JsonSerializer.Deserialize(bytes.AsSpan(0, length), type)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static string Signature(LiveKitKey key, ReadOnlySpan<char> signed)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var bytes = ArrayPool<byte>.Shared.Rent(signed.Length);
        try
        {
            var length = Encoding.ASCII.GetBytes(signed, bytes);
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), bytes.AsSpan(0, length), hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return Base64Url.EncodeToString(hash);
    }
}
