using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Agents;

/// <summary>The route's agent as its job reads it.</summary>
public sealed record AgentJob(
    string Name,
    string? Prompt,
    string? Greeting,
    string? Voice,
    string? Model,
    IReadOnlyList<string>? Tools,
    [property: JsonPropertyName("noise_cancellation_type")] string? NoiseCancellationType);
