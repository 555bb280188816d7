using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.Events;

/// <summary>
/// The data of an event: docs/events has a schema for each type. It holds ids, counts and words of ours; no number, no name, nothing that
/// was said, no address of a file.
/// </summary>
internal sealed record EventData(string? CallId)
{
    /// <summary>The document.</summary>
    public string? DocumentId { get; init; }

    /// <summary>Into how many passages it was cut.</summary>
    public int? Passages { get; init; }

    /// <summary>The handoff's number, from 1.</summary>
    public int? Handoff { get; init; }

    /// <summary>Which way the call went: <c>inbound</c> or <c>outbound</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>The participant's sid.</summary>
    public string? ParticipantSid { get; init; }

    /// <summary>The participant's role in lower case.</summary>
    public string? Role { get; init; }

    /// <summary>Why, a word of ours.</summary>
    public string? Cause { get; init; }

    /// <summary>Which dispatch it was, from 1.</summary>
    public int? Epoch { get; init; }

    /// <summary>Which attempt to reach the phone it was, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>LiveKit's id of the recording.</summary>
    public string? EgressId { get; init; }

    /// <summary>What was measured too high: <c>jitter</c>, <c>loss</c> and the like.</summary>
    public string? Measure { get; init; }

    /// <summary>What was measured, in seconds, or a share for the loss.</summary>
    public double? Value { get; init; }

    /// <summary>The median of what was measured before.</summary>
    public double? Baseline { get; init; }

    /// <summary>That no webhook reported it.</summary>
    public bool? Inferred { get; init; }

    /// <summary>The data of an event.</summary>
    public static JsonElement Of(LifecycleEvent happened)
    {
        var key = happened.Id.Split(':', 3) is [_, _, var rest] ? rest : null;
        int? number = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        var isQuality = happened.Name == LifecycleEventName.QualityWarning;
        var data = new EventData(happened.DocumentId is null ? happened.CallId : null)
        {
            DocumentId = happened.DocumentId,
            Passages = happened.Passages,
            Direction = happened.Direction?.ToString().ToLowerInvariant(),
            ParticipantSid = happened.ParticipantSid,
            Role = happened.Role,
            Cause = isQuality ? null : happened.Cause,
            Measure = isQuality ? happened.Cause : null,
            Value = happened.Value,
            Baseline = happened.Baseline,
            Epoch = happened.Epoch,
            Attempt = happened.Name is LifecycleEventName.CallDialing or LifecycleEventName.CallNotAnswered ? number : null,
            Handoff = happened.Name is LifecycleEventName.HandoffRequested or LifecycleEventName.HandoffFailed
                or LifecycleEventName.HumanJoined
                ? number ?? 1
                : null,
            EgressId = key?.StartsWith("EG_", StringComparison.Ordinal) == true ? key : null,
            Inferred = happened.Inferred ? true : null,
        };
        return JsonSerializer.SerializeToElement(data, EventDataJson.Default.EventData);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventData))]
internal sealed partial class EventDataJson : JsonSerializerContext;
