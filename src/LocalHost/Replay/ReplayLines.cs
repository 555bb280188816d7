using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.LocalHost.Replay;

/// <summary>An effect of a replayed call.</summary>
internal sealed record ReplayedEffect(string Effect, int Epoch, string? Result);

/// <summary>The line that a replay prints for each call.</summary>
internal sealed record ReplayedCallLine(
    string Recording,
    string CallId,
    string RoomName,
    string Direction,
    string Status,
    string? EndCause,
    int Dispatches,
    int AgentsSeen,
    IReadOnlyList<string> Events,
    IReadOnlyList<ReplayedEffect> Effects);

/// <summary>The line that a replay prints for each recording.</summary>
internal sealed record ReplaySummary(string Recording, int Webhooks, int Accepted, int Refused, int Duplicates);

/// <summary>The lines as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReplayedCallLine))]
[JsonSerializable(typeof(ReplaySummary))]
internal sealed partial class ReplayJson : JsonSerializerContext
{
    /// <summary>For a terminal: nothing is escaped that need not be.</summary>
    public static ReplayJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
