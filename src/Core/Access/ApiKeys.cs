using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Core.Access;

/// <summary>The API keys of the tenants. Only digests are held, and every comparison takes the same time.</summary>
public sealed class ApiKeys
{
    private readonly Dictionary<string, IReadOnlyList<byte[]>> digests;

    /// <param name="keys">Each tenant's keys; several while one is replaced.</param>
    public ApiKeys(IReadOnlyDictionary<string, IReadOnlyList<string>> keys) => digests = keys.ToDictionary(
        tenant => tenant.Key, tenant => (IReadOnlyList<byte[]>)[.. tenant.Value.Select(Digest)], StringComparer.Ordinal);

    /// <summary>The tenants.</summary>
    public IReadOnlyCollection<string> Tenants => digests.Keys;

    /// <summary>Whether a key is one of the tenant's.</summary>
    public bool Opens(string tenant, string key)
    {
        var given = Digest(key);
        var opens = false;
        foreach (var digest in digests.GetValueOrDefault(tenant) ?? [])
        {
            opens |= CryptographicOperations.FixedTimeEquals(digest, given);
        }

        return opens;
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
