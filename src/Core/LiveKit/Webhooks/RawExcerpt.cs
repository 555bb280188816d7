using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Extracts a bounded part of a webhook's body: its <see cref="ExcerptFields"/>. Never fails, whatever the body is.</summary>
internal static class RawExcerpt
{
    /// <summary>
    /// The JSON of <paramref name="property"/>, or of the whole body if that is <c>null</c>, cut to <see cref="CallEvent.MaxRawLength"/>
    /// characters. <c>null</c> if that is no JSON object: nobody can tell what is in it.
    /// </summary>
    public static string? Of(ReadOnlySpan<byte> body, string? property)
    {
        var text = Read(body, property);
        return text is null || text.Length <= CallEvent.MaxRawLength
            ? text
            : text[..(CallEvent.MaxRawLength - (char.IsHighSurrogate(text[CallEvent.MaxRawLength - 1]) ? 1 : 0))];
    }

    private static string? Read(ReadOnlySpan<byte> body, string? property)
    {
        try
        {
            var json = JsonNode.Parse(body);
            if ((property is null ? json : json?[property]) is not JsonObject kept)
            {
                return null;
            }

            Clean(kept, areAttributes: false);
            return kept.ToJsonString();
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON, deeper than 64 levels, an object with a duplicate key, or a string that is not valid text.
            return null;
        }
    }

    private static void Clean(JsonNode? node, bool areAttributes)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    if (ExcerptFields.IsKept(name, areAttributes) && IsSafe(value))
                    {
                        Clean(value, ExcerptFields.AreAttributes(name));
                    }
                    else
                    {
                        fields.Remove(name);
                    }
                }

                break;
            case JsonArray list:
                list.RemoveAll(item => !IsSafe(item));
                foreach (var item in list)
                {
                    Clean(item, areAttributes: false);
                }

                break;
        }
    }

    private static bool IsSafe(JsonNode? node) =>
        node is not JsonValue value || value.GetValueKind() != JsonValueKind.String || ExcerptFields.IsSafe(value.GetValue<string>());
}
