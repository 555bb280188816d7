using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>A document's name within its tenant: what is sent under it again takes its place.</summary>
public sealed partial record DocumentId
{
    /// <summary>What is an id, in a sentence.</summary>
    public const string Rule = "must be 1 to 128 letters, digits, '.', '_' or '-', a letter or digit first";

    private DocumentId(string value) => Value = value;

    /// <summary>The id as text. It stands in a URL as it is.</summary>
    public string Value { get; }

    /// <summary>Reads an id.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DocumentId? id)
    {
        id = text is not null && Pattern.IsMatch(text) ? new DocumentId(text) : null;
        return id is not null;
    }

    /// <summary>The id of a document that was sent without one: the same text of the same source has the same.</summary>
    public static DocumentId Of(string source, string text) => new($"doc_{CallId.Digest($"{source}\n{text}")}");

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex Pattern { get; }
}
