using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>An effect of a call in a played recording.</summary>
internal sealed record PlayedEffect(string Effect, int Epoch, string? Result);

/// <summary>The line that is printed for each call of a recording.</summary>
internal sealed record PlayedCallLine(
    string Recording,
    string CallId,
    string RoomName,
    string Direction,
    string Status,
    string? EndCause,
    double? Seconds,
    double? SilenceSeconds,
    int Dispatches,
    int AgentsSeen,
    IReadOnlyList<string> Events,
    IReadOnlyList<PlayedEffect> Effects);

/// <summary>The line that is printed for each recording.</summary>
internal sealed record PlayedSummary(string Recording, int Webhooks, int Accepted, int Refused, int Duplicates);

/// <summary>The lines as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PlayedCallLine))]
[JsonSerializable(typeof(PlayedSummary))]
internal sealed partial class PlayedJson : JsonSerializerContext
{
    /// <summary>For a terminal: nothing is escaped that need not be.</summary>
    public static PlayedJson Plain { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
