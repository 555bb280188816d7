using System.Globalization;

namespace VoiceFunctions.Core.Journal;

/// <summary>Texts that one column cannot hold lie in several: <c>name</c>, <c>name1</c>, <c>name2</c>…</summary>
public static class ChunkedText
{
    // A string column of a table holds 32 K characters.
    private const int LongestColumn = 32_000;

    /// <summary>The columns of a text; ASCII, so it may be cut anywhere.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Split(string name, string text)
    {
        for (var part = 0; part * LongestColumn < text.Length; part++)
        {
            yield return new(
                ColumnOf(name, part),
                text.Substring(part * LongestColumn, Math.Min(LongestColumn, text.Length - part * LongestColumn)));
        }
    }

    /// <summary>The text of some columns; <c>null</c> where there is none.</summary>
    public static string? Join(string name, Func<string, string?> column)
    {
        var text = column(name);
        for (var part = 1; text is not null && column(ColumnOf(name, part)) is { } more; part++)
        {
            text += more;
        }

        return text;
    }

    private static string ColumnOf(string name, int part) =>
        part == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{part}");
}
