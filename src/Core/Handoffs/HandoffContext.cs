using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceFunctions.Core.Handoffs;

/// <summary>What a human may want to know who takes a call: stored as it was passed in, cut where it is too long. Personal data.</summary>
public static class HandoffContext
{
    /// <summary>The most characters that are kept, as compact JSON.</summary>
    public const int MaxLength = 8192;

    private const string Transcript = "transcript";

    /// <summary>
    /// The context as it is stored: where it is longer than <see cref="MaxLength"/>, without the oldest lines of the transcript, and where
    /// that is not enough, without its longest fields. <c>null</c> for none.
    /// </summary>
    public static string? Cut(JsonElement context)
    {
        var node = JsonObject.Create(context);
        if (node is null or { Count: 0 })
        {
            return null;
        }

        var text = node.ToJsonString();
        while (text.Length > MaxLength)
        {
            if (node[Transcript] is JsonArray { Count: > 0 } lines)
            {
                DropOldest(lines, text.Length - MaxLength);
            }
            else
            {
                node.Remove(node.MaxBy(field => field.Value?.ToJsonString().Length ?? 0).Key);
            }

            text = node.ToJsonString();
        }

        return text;
    }

    /// <summary>A stored context read back; empty where there is none.</summary>
    public static JsonObject Read(string? stored) => stored is null ? [] : JsonNode.Parse(stored)!.AsObject();

    private static void DropOldest(JsonArray lines, int excess)
    {
        for (var dropped = 0; dropped < excess && lines.Count > 0;)
        {
            dropped += (lines[0]?.ToJsonString().Length ?? 4) + 1;
            lines.RemoveAt(0);
        }
    }
}
