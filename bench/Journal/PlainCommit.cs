using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Bench;

/// <summary>A step without hashes.</summary>
internal sealed record PlainCommit(int Number, DateTimeOffset At, IReadOnlyList<EffectClaim> Claims, IReadOnlyList<string> Seen, RecordedDecision? Decision);

/// <summary>How it is stored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlainCommit))]
internal sealed partial class PlainJson : JsonSerializerContext;
