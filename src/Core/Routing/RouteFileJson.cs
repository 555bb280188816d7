using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Routing.Queues;
using VoiceFunctions.Core.Routing.Recordings;

namespace VoiceFunctions.Core.Routing;

internal sealed record RouteFileJson
{
    public RouteJson? Default { get; init; }

    public IReadOnlyList<RouteJson?>? Routes { get; init; }

    public IReadOnlyDictionary<string, QueueJson?>? Queues { get; init; }
}

internal sealed record RouteJson
{
    public string? Name { get; init; }

    public string? Tenant { get; init; }

    public string? Number { get; init; }

    public string? Prefix { get; init; }

    public string? Address { get; init; }

    [JsonConverter(typeof(OneOrMany))]
    public IReadOnlyList<string>? From { get; init; }

    public string? Trunk { get; init; }

    public string? Rule { get; init; }

    public AgentJson? Agent { get; init; }

    public AgentJson? Reserve { get; init; }

    public string? WhenAgentLeaves { get; init; }

    public IReadOnlyList<string?>? Helpers { get; init; }

    public int? DialTimeoutSeconds { get; init; }

    public int? MaxDurationSeconds { get; init; }

    public int? RoomGraceSeconds { get; init; }

    public SilenceJson? Silence { get; init; }

    public FallbackJson? Fallback { get; init; }

    public HoursJson? Hours { get; init; }

    public RecordingJson? Recording { get; init; }

    public string? WhenHumanJoins { get; init; }

    [JsonConverter(typeof(OneOrMany))]
    public IReadOnlyList<string>? AgentMayCall { get; init; }

    public RedialJson? Redial { get; init; }

    public CallingHoursJson? CallingHours { get; init; }

    public string? WhenMachine { get; init; }

    public int? MaxConcurrentCalls { get; init; }

    public IReadOnlyList<AdmissionRuleJson?>? Admission { get; init; }
}

internal sealed record AdmissionRuleJson
{
    [JsonConverter(typeof(OneOrMany))]
    public IReadOnlyList<string>? From { get; init; }

    [JsonConverter(typeof(OneOrMany))]
    public IReadOnlyList<string>? Verdict { get; init; }

    public VelocityJson? MoreThan { get; init; }

    public string? Then { get; init; }

    public AgentJson? Agent { get; init; }
}

internal sealed record VelocityJson
{
    public int? Calls { get; init; }

    public int? Minutes { get; init; }
}

internal sealed record AgentJson
{
    public string? Name { get; init; }

    public string? Prompt { get; init; }

    public string? Greeting { get; init; }

    public string? Voice { get; init; }

    public string? Model { get; init; }

    public IReadOnlyList<string?>? Tools { get; init; }

    [JsonPropertyName("noise_cancellation_type")]
    public string? NoiseCancellationType { get; init; }
}

internal sealed record SilenceJson
{
    public int? RedispatchSeconds { get; init; }

    public int? ReserveSeconds { get; init; }

    public int? HandoverSeconds { get; init; }
}

internal sealed record FallbackJson
{
    public string? Number { get; init; }

    public IReadOnlyList<string?>? Numbers { get; init; }

    public string? Message { get; init; }

    public int? RingSeconds { get; init; }

    public bool? Screen { get; init; }

    public string? ScreenPrompt { get; init; }

    public string? ScreenWithheld { get; init; }

    public string? Language { get; init; }

    public string? Voice { get; init; }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(RouteFileJson))]
internal sealed partial class RouteFileContext : JsonSerializerContext;
