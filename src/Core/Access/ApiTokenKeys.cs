using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace VoiceFunctions.Core.Access;

/// <summary>
/// What signs the API's access tokens, and what else is accepted while that is changed. A key pair signs where there is one, the secret
/// otherwise. Printing shows nothing of them.
/// </summary>
public sealed class ApiTokenKeys
{
    /// <summary>The fewest bits of an RSA key, and the fewest characters of a secret.</summary>
    public const int LeastBits = 2048, LeastSecret = 32;

    private readonly SymmetricSecurityKey? symmetric;
    private readonly Dictionary<string, RsaSecurityKey> byKid = new(StringComparer.Ordinal);

    /// <param name="secret">Signs with HS256 where there is no key pair; accepted beside one. <c>null</c> for none.</param>
    /// <param name="pair">The key pair that signs with RS256; <c>null</c> for none.</param>
    /// <param name="others">Further public keys whose tokens are accepted, while the pair is changed.</param>
    /// <exception cref="ArgumentException">There is nothing that signs.</exception>
    public ApiTokenKeys(string? secret, RSAParameters? pair = null, IReadOnlyList<RSAParameters>? others = null)
    {
        symmetric = secret is null ? null : new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret));
        foreach (var key in others ?? [])
        {
            Accept(Named(key));
        }

        var signer = pair is { } own ? Named(own) : null;
        if (signer is not null)
        {
            Accept(signer);
        }

        Signing = signer is not null ? new SigningCredentials(signer, SecurityAlgorithms.RsaSha256)
            : symmetric is not null ? new SigningCredentials(symmetric, SecurityAlgorithms.HmacSha256)
            : throw new ArgumentException("Nothing signs.", nameof(secret));
    }

    /// <summary>The public keys as a JWK set: those whose tokens are accepted.</summary>
    public IEnumerable<PublicJwk> Public => byKid.Select(key => new PublicJwk(
        "RSA",
        "sig",
        SecurityAlgorithms.RsaSha256,
        key.Key,
        Base64UrlEncoder.Encode(key.Value.Parameters.Modulus),
        Base64UrlEncoder.Encode(key.Value.Parameters.Exponent)));

    /// <summary>What signs, and how.</summary>
    internal SigningCredentials Signing { get; }

    /// <summary>The algorithms that a token may say it is signed with.</summary>
    internal IReadOnlyList<string> Algorithms =>
    [
        .. symmetric is null ? (string[])[] : [SecurityAlgorithms.HmacSha256],
        .. byKid.Count == 0 ? (string[])[] : [SecurityAlgorithms.RsaSha256],
    ];

    /// <summary>
    /// The only key that may have signed a token: the algorithm decides between the secret and the pairs, so that no public key is ever
    /// taken for a secret, and a pair is found by its id alone. Empty where there is none.
    /// </summary>
    internal IEnumerable<SecurityKey> KeysFor(string? algorithm, string? kid) => algorithm switch
    {
        SecurityAlgorithms.HmacSha256 when symmetric is not null => [symmetric],
        SecurityAlgorithms.RsaSha256 when kid is not null && byKid.TryGetValue(kid, out var key) => [key],
        _ => [],
    };

    /// <summary>The keys in a text of PEM blocks; <c>null</c> where it holds none, another thing, or a key that is too short.</summary>
    /// <param name="text">The text, in which <c>\n</c> may stand for a line break.</param>
    /// <param name="isPrivate">Whether it must be private keys; otherwise public ones.</param>
    public static IReadOnlyList<RSAParameters>? ReadPem(string text, bool isPrivate)
    {
        var pem = text.Replace("\\n", "\n", StringComparison.Ordinal).AsSpan();
        var keys = new List<RSAParameters>();
        while (PemEncoding.TryFind(pem, out var fields))
        {
            if (Read(pem[fields.Location], pem[fields.Label].EndsWith("PRIVATE KEY", StringComparison.Ordinal), isPrivate) is not { } key)
            {
                return null;
            }

            keys.Add(key);
            pem = pem[fields.Location.End..];
        }

        return keys.Count == 0 ? null : keys;
    }

    private static RSAParameters? Read(ReadOnlySpan<char> block, bool saysPrivate, bool isPrivate)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(block);
            return saysPrivate == isPrivate && rsa.KeySize >= LeastBits ? rsa.ExportParameters(isPrivate) : null;
        }
        catch (Exception none) when (none is ArgumentException or CryptographicException)
        {
            // Not a key, not an RSA key, or one that is sealed with a password.
            return null;
        }
    }

    /// <summary>From parameters every signer makes an RSA of its own, so that none is shared between threads.</summary>
    private static RsaSecurityKey Named(RSAParameters parameters)
    {
        var key = new RsaSecurityKey(parameters);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private void Accept(RsaSecurityKey key) => byKid[key.KeyId] = key;
}

/// <summary>A public key, as a JWK set shows it (RFC 7517).</summary>
/// <param name="Kty">The kind of key.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Alg">The algorithm.</param>
/// <param name="Kid">Its id: its thumbprint (RFC 7638).</param>
/// <param name="N">The modulus.</param>
/// <param name="E">The exponent.</param>
public sealed record PublicJwk(string Kty, string Use, string Alg, string Kid, string N, string E);
