using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Tools;

/// <summary>Signs requests by the scheme of Standard Webhooks, so that a backend can check them with any of its libraries.</summary>
public static class ToolSignature
{
    /// <summary>The header of what is signed with the body: the idempotency key.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header of the time, in seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header of the signature.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>The signature of a request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">The idempotency key.</param>
    /// <param name="timestamp">Seconds since 1970, UTC.</param>
    /// <param name="body">The body.</param>
    public static string Of(ReadOnlySpan<byte> key, string id, long timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
}
