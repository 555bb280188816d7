using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Reads the body of a verified webhook.</summary>
public static class LiveKitWebhookParser
{
    /// <summary>How many JSON tokens a webhook may hold: a hundred times what any recorded one does.</summary>
    public const int MaxTokens = 50_000;

    /// <summary>No shorter body can hold more tokens than a tree of them is worth.</summary>
    private const int OrdinaryBytes = 64 * 1024;

    /// <summary>
    /// Skips unknown fields, keeps unknown events and enum names as text, and accepts numbers as numbers or as text. A field of an
    /// unexpected type reads as missing. False only if the body is no JSON object, nests deeper than 1024 levels, or holds more than
    /// <see cref="MaxTokens"/>. Never throws.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out LiveKitWebhookEvent? webhookEvent)
    {
        webhookEvent = null;
        if (body.Length > OrdinaryBytes && !HasFewTokens(body.Span))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(body, TolerantJson.Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                webhookEvent = Event(document.RootElement);
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return webhookEvent is not null;
    }

    /// <summary>Counts without a tree: that of two million tokens has 25 MB.</summary>
    private static bool HasFewTokens(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = TolerantJson.Options.MaxDepth });
        try
        {
            for (var tokens = 0; tokens <= MaxTokens; tokens++)
            {
                if (!reader.Read())
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // It is no JSON.
        }

        return false;
    }

    private static LiveKitWebhookEvent Event(JsonElement webhook) => new()
    {
        Event = webhook.Text("event"),
        Id = webhook.Text("id"),
        CreatedAtSeconds = webhook.Number("createdAt", "created_at"),
        Room = webhook.Object("room", null, LiveKitJson.Room),
        Participant = webhook.Object("participant", null, LiveKitJson.Participant),
        Track = webhook.Object("track", null, LiveKitJson.Track),
        Egress = webhook.Object("egressInfo", "egress_info", LiveKitJson.Egress),
    };
}
