using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// How Twilio signs a body that is not a form: the URL has the parameter <c>bodySHA256</c>, the lower-case hexadecimal SHA-256 of the raw
/// bytes, and the signature covers the URL alone.
/// </summary>
internal static class TwilioBodyHash
{
    private const string Parameter = "bodySHA256";

    /// <summary>Whether the raw query has a <c>bodySHA256</c> parameter, even an empty one.</summary>
    public static bool IsNamed(ReadOnlySpan<char> query)
    {
        foreach (var range in query.Split('&'))
        {
            if (TryRead(query[range], out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether every <c>bodySHA256</c> of the query is the hash of the body. Constant time for hashes of the right length.
    /// </summary>
    public static bool Matches(ReadOnlySpan<char> query, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        Span<byte> expected = stackalloc byte[hash.Length * 2];
        Convert.TryToHexStringLower(hash, expected, out _);

        Span<byte> given = stackalloc byte[expected.Length];
        var matches = true;
        foreach (var range in query.Split('&'))
        {
            if (TryRead(query[range], out var value))
            {
                matches &= value.Length == given.Length
                    && Encoding.ASCII.GetBytes(value, given) == given.Length
                    && CryptographicOperations.FixedTimeEquals(expected, given);
            }
        }

        return matches;
    }

    private static bool TryRead(ReadOnlySpan<char> pair, out ReadOnlySpan<char> value)
    {
        var isNamed = pair.StartsWith(Parameter, StringComparison.Ordinal)
            && (pair.Length == Parameter.Length || pair[Parameter.Length] == '=');
        value = isNamed && pair.Length > Parameter.Length ? pair[(Parameter.Length + 1)..] : [];
        return isNamed;
    }
}
