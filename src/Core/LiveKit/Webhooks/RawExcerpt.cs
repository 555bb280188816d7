using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Keeps a bounded piece of a provider's own words, without LiveKit's TURN password wherever it stands. Never fails, whatever the body is.</summary>
internal static class RawExcerpt
{
    private static readonly string[] Secrets = ["turnPassword", "turn_password"];

    /// <summary>The JSON of <paramref name="property"/>, or of the whole body where that is <c>null</c>, cut to <see cref="CallEvent.MaxRawLength"/> characters.</summary>
    public static string? Of(ReadOnlySpan<byte> body, string? property)
    {
        var text = Read(body, property);
        if (text is null || Array.Exists(Secrets, secret => text.Contains(secret, StringComparison.Ordinal)))
        {
            // What could not be taken apart is kept only where it holds no secret.
            return null;
        }

        return text.Length <= CallEvent.MaxRawLength ? text : text[..(CallEvent.MaxRawLength - (char.IsHighSurrogate(text[CallEvent.MaxRawLength - 1]) ? 1 : 0))];
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
            // No JSON, an object with a key twice, or a string that is no text.
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
