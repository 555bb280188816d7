using System.Buffers;
using System.Security.Cryptography;

namespace VoiceFunctions.Core.Access.Keys;

/// <summary>
/// An API key as its tenant holds it: <c>vf_{id}_{secret}</c>. The id is public and finds the row; the secret has 260 bits of chance, so
/// that nobody guesses it, whatever the hash costs.
/// </summary>
/// <param name="Id">The public part.</param>
/// <param name="Secret">The secret part.</param>
public sealed record ApiKeyText(string Id, string Secret)
{
    /// <summary>How many characters an id and a secret have.</summary>
    public const int IdLength = 12, SecretLength = 52;

    private const string Prefix = "vf_";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>The whole key, to be shown once.</summary>
    public string Text => $"{Prefix}{Id}_{Secret}";

    /// <summary>A new key.</summary>
    public static ApiKeyText Make() =>
        new(RandomNumberGenerator.GetString(Alphabet, IdLength), RandomNumberGenerator.GetString(Alphabet, SecretLength));

    /// <summary>The parts of a key; <c>null</c> where a text is none, so that nothing is read for it.</summary>
    public static ApiKeyText? Parse(string text) =>
        text.Length == Prefix.Length + IdLength + 1 + SecretLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text[Prefix.Length + IdLength] == '_'
        && new ApiKeyText(text.Substring(Prefix.Length, IdLength), text[^SecretLength..]) is var key
        && IsId(key.Id)
        && !key.Secret.AsSpan().ContainsAnyExcept(Letters)
            ? key
            : null;

    /// <summary>Whether a text is an id.</summary>
    public static bool IsId(string text) => text.Length == IdLength && !text.AsSpan().ContainsAnyExcept(Letters);

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";
}
