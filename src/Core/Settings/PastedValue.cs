using System.Globalization;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Core.Settings;

/// <summary>
/// A setting's value as people paste it. What can have one meaning only is repaired: invisible characters and quotes around the value.
/// What is no value at all is a fault: a reference that nobody resolved, a placeholder, an invisible character inside.
/// </summary>
/// <param name="Text">The value; <c>null</c> if nothing is set.</param>
/// <param name="Repair">What was repaired, as the end of a sentence that begins with the setting's name; <c>null</c> for nothing.</param>
/// <param name="Fault">What is wrong, as the end of such a sentence; never the value. <c>null</c> for nothing.</param>
public sealed partial record PastedValue(string? Text, string? Repair, string? Fault)
{
    /// <summary>A byte order mark in UTF-8 that was read as Latin-1.</summary>
    private const string MisreadMark = "\u00EF\u00BB\u00BF";

    private const string QuoteMarks = "\"'`\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F\u00AB\u00BB\u2039\u203A\u2033\uFF02";
    private const string KeyVault = "@Microsoft.KeyVault";
    private const string AppConfiguration = "@Microsoft.AppConfig";

    private static readonly string[] Pairs =
    [
        "\"\"", "''", "``", "\u2018\u2019", "\u201C\u201D", "\u201E\u201C", "\u201E\u201D", "\u201A\u2018", "\u00AB\u00BB",
        "\u00BB\u00AB", "\u2039\u203A", "\u201F\u201D", "\u201B\u2019", "\u2033\u2033", "\uFF02\uFF02",
    ];

    private static readonly string[] EscapedQuotes = ["\\\"", "\\'", "&quot;", "&#34;", "&apos;", "&#39;", "%22", "%27"];

    private static readonly string[] References =
        ["@Microsoft.", "@AppConfig", "secretref:", "keyvaultref:", "op://", "arn:aws:", "vault:", "ref+"];

    /// <summary>Reads a value.</summary>
    /// <param name="raw">The value as the environment holds it.</param>
    /// <param name="setting">What it is set for; without it only what is around the value is looked at.</param>
    public static PastedValue Of(string? raw, Setting? setting = null)
    {
        if (string.IsNullOrWhiteSpace(raw))
        {
            return new PastedValue(null, null, null);
        }

        var (text, hadQuotes) = Unwrap(raw);
        var edges = raw.AsSpan().Trim(" \t\n");
        var hadInvisible = !edges.IsEmpty && (IsInvisible(edges[0]) || IsInvisible(edges[^1]) || edges.StartsWith(MisreadMark));
        string?[] repairs = [hadQuotes ? "quotes around it" : null, hadInvisible ? "invisible characters around it" : null];
        return new PastedValue(
            text.Length == 0 ? null : text,
            hadQuotes || hadInvisible ? $"had {string.Join(" and ", repairs.OfType<string>())}" : null,
            text.Length == 0 || setting is null ? null : FaultOf(text, setting));
    }

    /// <summary>The value alone, for who needs no more than whether it is set; <c>null</c> if it is not.</summary>
    public static string? TextOf(string? raw) => Of(raw).Text;

    private static (string Text, bool HadQuotes) Unwrap(string raw)
    {
        var hadQuotes = false;
        for (var text = raw; true;)
        {
            var trimmed = TrimInvisible(text);
            trimmed = trimmed.StartsWith(MisreadMark, StringComparison.Ordinal) ? trimmed[MisreadMark.Length..] : trimmed;
            if (IsQuoted(trimmed) || LinkPattern().IsMatch(trimmed))
            {
                (trimmed, hadQuotes) = (trimmed[1..^1], true);
            }

            if (trimmed.Length == text.Length)
            {
                return (text, hadQuotes);
            }

            text = trimmed;
        }
    }

    private static string TrimInvisible(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsInvisibleOrBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsInvisibleOrBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Only a value that is quoted as a whole: one with further such quotes inside may mean them, unless it is JSON.</summary>
    private static bool IsQuoted(string text) =>
        text.Length >= 2
        && Array.Exists(Pairs, pair => text[0] == pair[0] && text[^1] == pair[1])
        && (text[1..^1] is ['{', .., '}'] or ['[', .., ']'] || text.AsSpan(1, text.Length - 2).IndexOfAny(text[0], text[^1]) < 0);

    private static string? FaultOf(string text, Setting setting) => text switch
    {
        _ when text.StartsWith(KeyVault, StringComparison.OrdinalIgnoreCase) =>
            "still contains its Key Vault reference: the app's identity could not read the secret",
        _ when text.StartsWith(AppConfiguration, StringComparison.OrdinalIgnoreCase) =>
            "still contains its App Configuration reference: the app's identity could not read the value",
        _ when Array.Exists(References, start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) =>
            "still contains a reference that was not resolved",
        _ when TemplatePattern().IsMatch(text)
            || (!setting.IsProse && (BlankPattern().IsMatch(text) || ExampleHostPattern().IsMatch(text))) => "still contains a placeholder",
        _ when HasName(text, setting.Name) => "begins with the setting's own name",
        _ when Array.Exists(EscapedQuotes, mark => text.Length > 2 * mark.Length && text.StartsWith(mark, StringComparison.Ordinal)
            && text.EndsWith(mark, StringComparison.Ordinal)) => "has quotes around it that something escaped",
        _ when text.Contains('\uFFFD', StringComparison.Ordinal) => "contains characters that were lost by a wrong encoding",
        _ when setting.IsProse => null,
        _ when text.Any(IsInvisible) => "contains an invisible character, a line break or another control character inside",
        _ when !setting.IsSecret && HasLoneQuote(text) => "begins or ends with an unpaired quote mark",
        _ => null,
    };

    /// <summary>Whether a whole line was pasted: <c>NAME=value</c>, <c>export NAME=value</c>, <c>NAME: value</c>.</summary>
    private static bool HasName(string text, string name) =>
        text.IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
        && text[..at].Trim().ToUpperInvariant() is "" or "EXPORT" or "SET" or "ENV" or "\""
        && text[(at + name.Length)..].TrimStart('"', ' ') is ['=' or ':', ..];

    /// <summary>Whether a text begins or ends with an unpaired quote mark. Only who chose a password may mean it.</summary>
    internal static bool HasLoneQuote(string text) => QuoteMarks.Contains(text[0]) || QuoteMarks.Contains(text[^1]);

    private static bool IsInvisibleOrBlank(char character) => character is ' ' or '\t' or '\n' || IsInvisible(character);

    /// <summary>Nobody means these: control characters, zero-width and no-break spaces, marks of direction and byte order.</summary>
    private static bool IsInvisible(char character) =>
        (character != ' ' && char.IsWhiteSpace(character))
        || char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format;

    /// <summary>A link as mails and documents mark it: its angle brackets are quotes.</summary>
    [GeneratedRegex(@"\A<(https?|wss?|sips?):[^<>\s]+>\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LinkPattern();

    /// <summary>What templates and pipelines leave behind: &lt;name&gt;, {{name}}, ${name}, $(name), %name%, #{name}#.</summary>
    [GeneratedRegex(
        @"\A(<[^<>]*>|\{\{.*\}\}|\$\{.*\}|\$\([^()]*\)|%[^%\s]+%|#\{.*\}#?)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex TemplatePattern();

    /// <summary>
    /// What scripts and manuals leave behind: [name], __name__, $NAME, $env:NAME, a masked value, a word that asks to be replaced.
    /// </summary>
    [GeneratedRegex(
        @"\A(\[[^\[\]]*\]|__\w+__|\$[A-Z][A-Z0-9_]{2,}|(?i:\$env:\w+)|[*\u2022\u25CF]{3,}|(?i:x{4,})|\.{3,}|\u2026"
            + @"|(?i:change[-_ ]?(me|it)|replace[-_ ]?(me|this)|todo|tbd|placeholder|null|\(null\)|undefined|your[-_ ][\w -]+))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex BlankPattern();

    /// <summary>A URL with the host of .env.example or a manual, such as https://YOUR-PROJECT.livekit.cloud.</summary>
    [GeneratedRegex(@"\A[A-Za-z]+:(//)?YOUR[-_]", RegexOptions.CultureInvariant)]
    private static partial Regex ExampleHostPattern();
}
