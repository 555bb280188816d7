using System.Text.Json;

namespace VoiceFunctions.Core.Knowledge;

/// <summary>Fields of requests.</summary>
internal static class KnowledgeFields
{
    /// <summary>A field; <c>null</c> where it is not there, or is null.</summary>
    public static JsonElement? Given(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>What is wrong with a field that is given and no text; <c>null</c> for nothing.</summary>
    public static string? TextFault(JsonElement json, string name) =>
        Given(json, name) is { ValueKind: not JsonValueKind.String } ? $"{name} must be a text." : null;
}
