using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Agents;

/// <summary>
/// What an agent's job is given: <c>{"callId","fence","epoch","agent":{…}}</c>. By call and epoch a dispatch is recognised as ours; by
/// the fence its job proves that it was given this.
/// </summary>
public sealed record DispatchMetadata
{
    /// <summary>The call.</summary>
    public required string CallId { get; init; }

    /// <summary>What only this dispatch's job is told: <see cref="DispatchFence"/>.</summary>
    public required string Fence { get; init; }

    /// <summary>Counts the agents of this call, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The route's agent.</summary>
    public AgentJob? Agent { get; init; }

    /// <summary>
    /// Names the making of an epoch's dispatch, the same in each attempt: 26 base32 characters, and no secret. Earlier versions had it as
    /// the fence.
    /// </summary>
    public static string RequestIdOf(CallId callId, int epoch) => Calls.CallId.Digest($"fence:{callId}:{epoch}");

    /// <summary>The metadata of a dispatch, as JSON.</summary>
    public static string Of(CallId callId, int epoch, string fence, AgentConfig agent) => JsonSerializer.Serialize(
        new DispatchMetadata
        {
            CallId = callId.Value,
            Fence = fence,
            Epoch = epoch,
            Agent =
                new AgentJob(agent.Name, agent.Prompt, agent.Greeting, agent.Voice, agent.Model, agent.Tools, agent.NoiseCancellationType),
        },
        DispatchMetadataJson.Default.DispatchMetadata);

    /// <summary>The metadata of a helper's dispatch, as JSON: the call, and an epoch of 0, for which there is no lease.</summary>
    public static string OfHelper(CallId callId) => JsonSerializer.Serialize(
        new DispatchMetadata { CallId = callId.Value, Fence = "", Epoch = 0 }, DispatchMetadataJson.Default.DispatchMetadata);

    /// <summary>Reads metadata back; <c>null</c> where it is somebody else's.</summary>
    public static DispatchMetadata? TryParse(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize(json, DispatchMetadataJson.Default.DispatchMetadata);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DispatchMetadata))]
internal sealed partial class DispatchMetadataJson : JsonSerializerContext;
