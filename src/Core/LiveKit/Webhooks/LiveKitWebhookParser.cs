using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Reads the body of a verified webhook.</summary>
public static class LiveKitWebhookParser
{
    /// <summary>
    /// Skips unknown fields, keeps unknown events and enum names as text, and accepts numbers as numbers or as text. A field of an
    /// unexpected type reads as missing. False only if the body is no JSON object, or nests deeper than 1024 levels. Never throws.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out LiveKitWebhookEvent? webhookEvent)
    {
        webhookEvent = null;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = TolerantJson.Options.MaxDepth });
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind == JsonValueKind.Object && !reader.Read())
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

    private static LiveKitWebhookEvent Event(JsonElement webhook) => new()
    {
        Event = webhook.Text("event"),
        Id = webhook.Text("id"),
        Room = webhook.Object("room", null, LiveKitJson.Room),
        Participant = webhook.Object("participant", null, LiveKitJson.Participant),
        Track = webhook.Object("track", null, LiveKitJson.Track),
        Egress = webhook.Object("egressInfo", "egress_info", Egress),
    };

    private static LiveKitEgress Egress(JsonElement egress) => new()
    {
        EgressId = egress.Text("egressId", "egress_id"),
        RoomId = egress.Text("roomId", "room_id"),
        RoomName = egress.Text("roomName", "room_name"),
        Status = egress.Text("status", null, "EGRESS_STARTING"),
        Error = egress.Text("error"),
    };
}
