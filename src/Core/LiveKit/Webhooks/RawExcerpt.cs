using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Extracts a bounded part of a webhook's body, without LiveKit's TURN password. Never fails, whatever the body is.</summary>
internal static class RawExcerpt
{
    private static readonly string[] Secrets = ["turnPassword", "turn_password"];

    /// <summary>
    /// The JSON of <paramref name="property"/>, or of the whole body if that is <c>null</c>, cut to <see cref="CallEvent.MaxRawLength"/>
    /// characters.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> body, string? property)
    {
        var text = Read(body, property);
        if (text is null || Array.Exists(Secrets, secret => text.Contains(secret, StringComparison.Ordinal)))
        {
            // A body that could not be parsed is kept only if it contains no secret.
            return null;
        }

        return text.Length <= CallEvent.MaxRawLength
            ? text
            : text[..(CallEvent.MaxRawLength - (char.IsHighSurrogate(text[CallEvent.MaxRawLength - 1]) ? 1 : 0))];
    }

    private static string? Read(ReadOnlySpan<byte> body, string? property)
    {
        try
        {
            var json = JsonNode.Parse(body);
            Clean(json);
            return (property is null ? json : json?[property])?.ToJsonString();
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON, deeper than 64 levels, an object with a duplicate key, or a string that is not valid text.
            return Encoding.UTF8.GetString(body);
        }
    }

    private static void Clean(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            Array.ForEach(Secrets, secret => json.Remove(secret));
        }

        foreach (var child in node switch { JsonObject parent => parent.Select(member => member.Value), JsonArray list => list, _ => [] })
        {
            Clean(child);
        }
    }
}
