using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VoiceFunctions.Core.Http;

/// <summary>Reads the JSON bodies of the API's requests.</summary>
public static class JsonRequest
{
    /// <summary>The body as a value; <c>null</c> where it is none. Unknown fields are passed over.</summary>
    /// <param name="body">The body; an empty one reads as an empty object.</param>
    /// <param name="type">What it is read as.</param>
    /// <param name="error">What is wrong, in a sentence that names the place and repeats nothing of the body.</param>
    public static T? Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, out string error)
        where T : class
    {
        error = "The body is no JSON object.";
        try
        {
            return JsonSerializer.Deserialize(body.IsEmpty ? "{}"u8 : body.Span, type);
        }
        catch (JsonException wrong)
        {
            error = wrong.Path is { Length: > 2 } path ? $"{path} has the wrong type or is cut off." : error;
            return null;
        }
    }
}
