using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>The value of a webhook's <c>sha256</c> claim: the SHA-256 of the body's bytes in standard base64 with padding.</summary>
internal static class BodyHash
{
    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Convert.ToBase64String(hash);
    }

    /// <summary>Whether the claim is the hash of the body, compared in constant time.</summary>
    public static bool Matches(ReadOnlySpan<byte> body, string? claim) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(Of(body).AsSpan()), MemoryMarshal.AsBytes(claim.AsSpan()));
}
