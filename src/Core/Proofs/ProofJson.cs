using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Proofs;

/// <summary>How a proof is written as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallProof))]
public sealed partial class ProofJson : JsonSerializerContext;
