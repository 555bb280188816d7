using System.Text.Json;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>
/// Labels: what a question can filter documents by. Each is <c>name=value</c>, out of the fields of a document's metadata that are a text,
/// a number or true or false, or a list of such. A name holds no <c>=</c>, so no two fields share a label.
/// </summary>
public static partial class DocumentLabels
{
    /// <summary>The longest value of a label in characters.</summary>
    public const int MaxValueLength = 256;

    /// <summary>The labels of a document's metadata. Fields that make none are passed over.</summary>
    public static IReadOnlyList<string> Of(JsonElement metadata)
    {
        var labels =
            from field in metadata.EnumerateObject()
            from value in field.Value.ValueKind == JsonValueKind.Array ? field.Value.EnumerateArray() : Enumerable.Repeat(field.Value, 1)
            select Label(field.Name, value);
        return [.. labels.OfType<string>().Distinct().Take(KnowledgeLimits.Labels)];
    }

    /// <summary>The label of a field; <c>null</c> where it makes none.</summary>
    public static string? Label(string name, JsonElement value) =>
        !NamePattern.IsMatch(name) ? null : value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: <= MaxValueLength } text => $"{name}={text}",
            JsonValueKind.Number when value.GetRawText() is { Length: <= MaxValueLength } number => $"{name}={number}",
            JsonValueKind.True => $"{name}=true",
            JsonValueKind.False => $"{name}=false",
            _ => null,
        };

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex NamePattern { get; }
}
