using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Access.Keys;

/// <summary>
/// Checks stored keys, and keeps what that costs bounded whoever asks. A text that is no key costs nothing. A key costs one read of a row,
/// so that a revoked one is refused at once. Only where there is a row is anything derived, and once the right secret was seen, a digest
/// of it in memory decides without deriving, for right and wrong ones alike. What is left is derived by few at a time, few more wait for
/// that, and all others are told to ask again.
/// </summary>
/// <param name="store">Holds the keys.</param>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that could be freed.
public sealed class ApiKeyVerifier(IApiKeyStore store)
#pragma warning restore CA1001
{
    /// <summary>How many may derive or wait for that at once, in this process.</summary>
    public const int MostAtOnce = 32;

    private const int MostSeen = 4096;

    private readonly SemaphoreSlim deriving = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly ConcurrentDictionary<string, byte[]> seen = new(StringComparer.Ordinal);
    private int atOnce;
    private int derived;

    /// <summary>How many times anything was derived.</summary>
    internal int Derived => derived;

    /// <summary>Whether a text is a key of a tenant.</summary>
    /// <exception cref="JournalUnavailableException">The store is away.</exception>
    public async ValueTask<ApiKeyVerdict> CheckAsync(string tenant, string text, CancellationToken cancellationToken)
    {
        if (ApiKeyText.Parse(text) is not { } key
            || !TenantName.IsOne(tenant)
            || await store.FindAsync(tenant, key.Id, cancellationToken) is not { Hash: var hash })
        {
            return ApiKeyVerdict.Wrong;
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(key.Secret));
        return seen.TryGetValue(hash, out var right)
            ? Said(CryptographicOperations.FixedTimeEquals(right, digest))
            : await DeriveAsync(hash, key.Secret, digest, cancellationToken);
    }

    private static ApiKeyVerdict Said(bool isRight) => isRight ? ApiKeyVerdict.Right : ApiKeyVerdict.Wrong;

    private async ValueTask<ApiKeyVerdict> DeriveAsync(string hash, string secret, byte[] digest, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref atOnce) > MostAtOnce)
            {
                return ApiKeyVerdict.Busy;
            }

            await deriving.WaitAsync(cancellationToken);
            try
            {
                Interlocked.Increment(ref derived);
                return Said(Remembered(hash, digest, ApiKeyHash.Matches(hash, secret)));
            }
            finally
            {
                deriving.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref atOnce);
        }
    }

    private bool Remembered(string hash, byte[] digest, bool isRight)
    {
        if (isRight)
        {
            if (seen.Count >= MostSeen)
            {
                seen.Clear();
            }

            seen[hash] = digest;
        }

        return isRight;
    }
}

/// <summary>What a check of a key came to.</summary>
public enum ApiKeyVerdict
{
    /// <summary>No key of the tenant.</summary>
    Wrong,

    /// <summary>A key of the tenant.</summary>
    Right,

    /// <summary>Too many ask at once: nobody knows.</summary>
    Busy,
}
