using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VoiceFunctions.Core.Http;

/// <summary>Reads the JSON bodies of requests.</summary>
public static class JsonRequest
{
    private const string NoObject = "The body is no JSON object.";

    /// <summary>Reads a value out of an object, field by field; <c>null</c> where it is none.</summary>
    /// <param name="json">The object.</param>
    /// <param name="error">What is wrong, in a sentence that names the field and repeats nothing of it.</param>
    public delegate T? FieldReader<T>(JsonElement json, out string error)
        where T : class;

    /// <summary>The body as a value that is read field by field; <c>null</c> where it is none, and where it says a field twice.</summary>
    /// <param name="body">The body.</param>
    /// <param name="read">Reads the value. It may ask for texts that are none: then the body counts as no object.</param>
    /// <param name="error">What is wrong, in a sentence that repeats nothing of the body.</param>
    public static T? ReadFields<T>(ReadOnlyMemory<byte> body, FieldReader<T> read, out string error)
        where T : class
    {
        error = NoObject;
        try
        {
            var json = JsonElement.Parse(body.Span, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.ValueKind == JsonValueKind.Object ? read(json, out error) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, a string that stands for no text, or a field within a field that is there twice.
            error = NoObject;
            return null;
        }
    }

    /// <summary>A field's text; <c>null</c> where it is none.</summary>
    public static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The body as a value; <c>null</c> where it is none. Unknown fields are passed over.</summary>
    /// <param name="body">The body; an empty one reads as an empty object.</param>
    /// <param name="type">What it is read as.</param>
    /// <param name="error">What is wrong, in a sentence that names the place and repeats nothing of the body.</param>
    public static T? Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, out string error)
        where T : class
    {
        error = NoObject;
        try
        {
            var value = JsonSerializer.Deserialize(body.IsEmpty ? "{}"u8 : body.Span, type);
            error = value is null ? error : "";
            return value;
        }
        catch (JsonException wrong)
        {
            error = wrong.Path is { Length: > 2 } path ? $"{path} has the wrong type or is cut off." : error;
            return null;
        }
    }
}
