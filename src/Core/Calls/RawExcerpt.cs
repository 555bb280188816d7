using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceFunctions.Core.Calls;

/// <summary>Keeps a bounded piece of a provider's own words, without LiveKit's TURN password.</summary>
internal static class RawExcerpt
{
    private const string TurnPassword = "turnPassword";

    /// <summary>The JSON of <paramref name="property"/>, or of the whole body where that is <c>null</c>, cut to <see cref="CallEvent.MaxRawLength"/> characters.</summary>
    public static string? Of(ReadOnlySpan<byte> body, string? property)
    {
        var text = Read(body, property);
        return text is { Length: > CallEvent.MaxRawLength } ? text[..CallEvent.MaxRawLength] : text;
    }

    private static string? Read(ReadOnlySpan<byte> body, string? property)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (JsonNode.Parse(ref reader) is not JsonObject json)
            {
                return Encoding.UTF8.GetString(body);
            }

            (json["room"] as JsonObject)?.Remove(TurnPassword);
            return property is null ? json.ToJsonString() : json[property]?.ToJsonString();
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            // No JSON, or an object with a key twice. What cannot be searched for secrets is kept only where it holds none.
            return body.IndexOf(Encoding.UTF8.GetBytes(TurnPassword)) < 0 ? Encoding.UTF8.GetString(body) : null;
        }
    }
}
