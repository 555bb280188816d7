using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Timelines;

/// <summary>How a timeline is written as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallTimeline))]
public sealed partial class TimelineJson : JsonSerializerContext;
