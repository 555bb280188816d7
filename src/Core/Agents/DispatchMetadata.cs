using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Agents;

/// <summary>
/// What an agent's job is given: <c>{"callId","fence","epoch","agent":{…},"v","direction","caller","called","route","attempt"}</c>, as
/// docs/agents/job-metadata.schema.json has it. By call and epoch a dispatch is recognised as ours; by the fence its job proves that it was
/// given this.
/// </summary>
public sealed record DispatchMetadata
{
    /// <summary>The version that is written; earlier builds wrote none, and none of the fields behind it.</summary>
    public const int Version = 1;

    /// <summary>The call.</summary>
    public required string CallId { get; init; }

    /// <summary>What only this dispatch's job is told: <see cref="DispatchFence"/>.</summary>
    public required string Fence { get; init; }

    /// <summary>Counts the agents of this call, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The route's agent.</summary>
    public AgentJob? Agent { get; init; }

    /// <summary>The version of this shape. A field that is added does not change it; one that changes its meaning does.</summary>
    public int? V { get; init; }

    /// <summary>Which way the call goes.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>Who called; <c>null</c>, and written, where it was withheld or is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Caller { get; init; }

    /// <summary>Who was called; <c>null</c>, and written, where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Called { get; init; }

    /// <summary>The name of the route.</summary>
    public string? Route { get; init; }

    /// <summary>What whoever asked for the call has for the agent; left out where there is nothing.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The asker's word for the person in the call; left out where there is none.</summary>
    public string? User { get; init; }

    /// <summary>The language that the asker named; left out where there is none.</summary>
    public string? Language { get; init; }

    /// <summary>Which of the call's agents this is, from 1: the epoch.</summary>
    public int? Attempt { get; init; }

    /// <summary>
    /// Names the making of an epoch's dispatch, the same in each attempt: 26 base32 characters, and no secret. Earlier versions had it as
    /// the fence.
    /// </summary>
    public static string RequestIdOf(CallId callId, int epoch) => Calls.CallId.Digest($"fence:{callId}:{epoch}");

    /// <summary>The metadata of a dispatch, as JSON.</summary>
    public static string Of(CallId callId, int epoch, string fence, AgentConfig agent, JobCall call) => JsonSerializer.Serialize(
        new DispatchMetadata
        {
            CallId = callId.Value,
            Fence = fence,
            Epoch = epoch,
            Agent =
                new AgentJob(
                    agent.Name,
                    agent.Prompt,
                    agent.Greeting,
                    call.Voice ?? agent.Voice,
                    agent.Model,
                    agent.Tools,
                    agent.NoiseCancellationType),
            V = Version,
            Direction = call.Direction,
            Caller = call.Caller,
            Called = call.Called,
            Route = call.Route,
            Attempt = epoch,
            Metadata = call.Metadata is { } given ? JsonElement.Parse(given) : null,
            User = call.User,
            Language = call.Language,
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

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DispatchMetadata))]
internal sealed partial class DispatchMetadataJson : JsonSerializerContext;
