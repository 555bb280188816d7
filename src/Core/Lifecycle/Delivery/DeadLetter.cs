using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>An event that a destination did not take.</summary>
/// <param name="Id">26 characters out of a-z and 2-7: the same for the same event and destination.</param>
/// <param name="Destination">The destination's name.</param>
/// <param name="Tenant">Whose call or document it is; <c>null</c> where it is nobody's.</param>
/// <param name="Event">What happened.</param>
/// <param name="Reason">What the last attempt came to.</param>
/// <param name="Attempts">How often it was offered.</param>
/// <param name="At">When it was given up, UTC.</param>
public sealed record DeadLetter(
    string Id, string Destination, string? Tenant, LifecycleEvent Event, string Reason, int Attempts, DateTimeOffset At)
{
    /// <summary>The event as it is handed over.</summary>
    [JsonIgnore]
    public OutgoingEvent Outgoing => new(Event, Tenant);

    /// <summary>The id of an event's dead letter.</summary>
    public static string IdOf(string destination, string eventId) => CallId.Digest($"{destination}\n{eventId}");

    /// <summary>The letter as it is stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DeadLetterJson.Default.DeadLetter);

    /// <summary>A stored letter.</summary>
    public static DeadLetter Of(string json) => JsonSerializer.Deserialize(json, DeadLetterJson.Default.DeadLetter)!;
}

/// <summary>A page of dead letters, the oldest of each destination's first.</summary>
/// <param name="DeadLetters">The letters.</param>
/// <param name="Next">What <c>after</c> of the next page is; left out where there is none.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> DeadLetters, string? Next);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(DeadLetterPage))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
