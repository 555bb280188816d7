using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Requests;

/// <summary>The body of a request for a call to a phone.</summary>
internal sealed record OutboundCallBody
{
    public string? To { get; init; }

    public string? From { get; init; }

    public string? Agent { get; init; }

    public JsonElement? AgentConfig { get; init; }

    public JsonElement? Metadata { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? NotBefore { get; init; }
}

/// <summary>The answer to it.</summary>
internal sealed record OutboundCallAnswer(string CallId, CallStatus Status, string Room);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutboundCallBody))]
[JsonSerializable(typeof(OutboundCallAnswer))]
internal sealed partial class OutboundCallJson : JsonSerializerContext;
