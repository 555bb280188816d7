using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Costs;

/// <summary>How a cost sheet is written as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CostSheet))]
public sealed partial class CostJson : JsonSerializerContext;
