using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>How the document is written.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class OpenApiJson : JsonSerializerContext;
