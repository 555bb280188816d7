namespace VoiceFunctions.Core.Knowledge;

/// <summary>
/// Cuts a text into passages of at most <see cref="MaxLength"/> characters: at the last end of a paragraph in the second half of what still
/// fits, else at the last end of a sentence there, else between words, else where the length ends. Nothing is left out but blanks at a cut,
/// and nothing is said twice.
/// </summary>
public static class PassageCutter
{
    /// <summary>The longest passage in characters: what an agent reads out takes a minute and more.</summary>
    public const int MaxLength = 1_200;

    private const string SentenceEnds = ".!?\u061F\u06D4\u3002\uFF01\uFF1F";

    /// <summary>The passages in their order; none of a text that is blank.</summary>
    public static IReadOnlyList<string> Cut(string text)
    {
        var passages = new List<string>();
        for (var rest = text.AsSpan().Trim(); rest.Length > 0;)
        {
            var length = rest.Length <= MaxLength ? rest.Length : LengthOfNext(rest[..(MaxLength + 1)]);
            passages.Add(rest[..length].TrimEnd().ToString());
            rest = rest[length..].TrimStart();
        }

        return passages;
    }

    /// <param name="window">As much as fits, and one character more.</param>
    private static int LengthOfNext(ReadOnlySpan<char> window)
    {
        var (paragraph, sentence, word) = (0, 0, 0);
        for (var at = MaxLength / 2; at < window.Length; at++)
        {
            if (char.IsWhiteSpace(window[at]))
            {
                word = at;
                sentence = SentenceEnds.Contains(window[at - 1], StringComparison.Ordinal) ? at : sentence;
                paragraph = window[at] == '\n' && IsEndOfLine(window[..at]) ? at : paragraph;
            }
            else if (window[at - 1] is '\u3002' or '\uFF01' or '\uFF1F')
            {
                sentence = at; // Chinese and Japanese have no blank behind it.
            }
        }

        var half = char.IsHighSurrogate(window[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return paragraph > 0 ? paragraph : sentence > 0 ? sentence : word > 0 ? word : half;
    }

    /// <summary>Whether a line feed behind this text makes a second one, with nothing but blanks between.</summary>
    private static bool IsEndOfLine(ReadOnlySpan<char> before) => before.TrimEnd(" \t\r") is [.., '\n'];
}
