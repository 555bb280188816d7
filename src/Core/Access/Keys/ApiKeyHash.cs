using System.Globalization;
using System.Security.Cryptography;

namespace VoiceFunctions.Core.Access.Keys;

/// <summary>
/// The stored form of a key's secret: <c>pbkdf2-sha256$iterations$salt$hash</c>, the last two in base64. The parameters stand in it, so
/// that they can be raised for new keys while old ones stay good.
/// </summary>
public static class ApiKeyHash
{
    /// <summary>How many iterations a new hash has: about 20 ms of one core. More would protect words, and a secret is none.</summary>
    public const int Iterations = 100_000;

    /// <summary>The most iterations that a stored hash may ask for, so that no row stops a process.</summary>
    public const int MostIterations = 1_000_000;

    private const string Kind = "pbkdf2-sha256";
    private const int Bytes = 32;

    /// <summary>The stored form of a secret, with a new salt.</summary>
    public static string Of(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(Bytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(secret, salt, Iterations))}");
    }

    /// <summary>Whether a secret is the one that was stored. Compares in constant time; a form that is none opens nothing.</summary>
    public static bool Matches(string stored, string secret)
    {
        Span<byte> salt = stackalloc byte[Bytes];
        Span<byte> hash = stackalloc byte[Bytes];
        return stored.Split('$') is [Kind, var count, var saltText, var hashText]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && iterations is > 0 and <= MostIterations
            && Convert.TryFromBase64String(saltText, salt, out var saltLength)
            && Convert.TryFromBase64String(hashText, hash, out var hashLength)
            && (saltLength, hashLength) == (Bytes, Bytes)
            && CryptographicOperations.FixedTimeEquals(hash, Derive(secret, salt, iterations));
    }

    private static byte[] Derive(string secret, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA256, Bytes);
}
