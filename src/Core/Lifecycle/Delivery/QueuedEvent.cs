using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>An event that waits for a destination to take it.</summary>
/// <param name="Id">That of its dead letter, should it become one: the same for the same event and destination.</param>
/// <param name="Destination">The destination's name.</param>
/// <param name="Outgoing">The event, and whose it is.</param>
/// <param name="Since">Since when it waits, UTC.</param>
/// <param name="Next">When it is offered next, UTC.</param>
/// <param name="Attempts">How often it was offered.</param>
public sealed record QueuedEvent(
    string Id, string Destination, OutgoingEvent Outgoing, DateTimeOffset Since, DateTimeOffset Next, int Attempts)
{
    /// <summary>An event that has not been offered yet.</summary>
    public static QueuedEvent Of(string destination, OutgoingEvent outgoing, DateTimeOffset now) =>
        new(DeadLetter.IdOf(destination, outgoing.Event.Id), destination, outgoing, now, now, 0);

    /// <summary>The event as it is stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, QueuedEventJson.Default.QueuedEvent);

    /// <summary>A stored event.</summary>
    public static QueuedEvent Of(string json) => JsonSerializer.Deserialize(json, QueuedEventJson.Default.QueuedEvent)!;
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueuedEvent))]
internal sealed partial class QueuedEventJson : JsonSerializerContext;
