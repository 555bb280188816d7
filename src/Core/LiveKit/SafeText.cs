using System.Buffers;

namespace VoiceFunctions.Core.LiveKit;

/// <summary>Tells texts of LiveKit's that may be kept from those that could hold a secret.</summary>
internal static class SafeText
{
    /// <summary>What secrets are called, in letters alone: passwords, tokens, the fence of a dispatch in a job's metadata, …</summary>
    private static readonly SearchValues<string> SecretWords = WordsOf(
        "password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "accountkey", "privatekey", "credential",
        "authoriz", "bearer", "cookie", "signature", "sharedaccess", "fence");

    /// <summary>
    /// Whether a text is kept: it speaks of no secret, nor in escapes of its own, is no JWT, and no address with a user or parameters.
    /// </summary>
    public static bool IsSafe(string text) =>
        !SpeaksOfSecrets(text)
        && !text.Contains("eyJ", StringComparison.Ordinal)
        && !text.Contains("\\u", StringComparison.Ordinal)
        && !(text.Contains("://", StringComparison.Ordinal) && text.AsSpan().IndexOfAny('?', '@') >= 0);

    /// <summary>Whether a text holds a word for a secret.</summary>
    public static bool SpeaksOfSecrets(string text) => SpeaksOf(SecretWords, text);

    /// <summary>Words that texts are searched for.</summary>
    public static SearchValues<string> WordsOf(params ReadOnlySpan<string> words) =>
        SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text holds one of some words, in letters alone and in any case.</summary>
    public static bool SpeaksOf(SearchValues<string> words, string text)
    {
        Span<char> letters = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var count = 0;
        foreach (var character in text)
        {
            if (char.IsLetter(character))
            {
                letters[count++] = character;
            }
        }

        return letters[..count].ContainsAny(words);
    }
}
