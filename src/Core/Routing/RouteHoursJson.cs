using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Routing;

internal sealed record HoursJson
{
    public string? TimeZone { get; init; }

    public IReadOnlyList<WindowJson?>? Open { get; init; }

    public IReadOnlyList<string?>? Except { get; init; }

    public ClosedJson? Closed { get; init; }
}

internal sealed record WindowJson
{
    [JsonConverter(typeof(OneOrMany))]
    public IReadOnlyList<string>? Days { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }
}

/// <summary>
/// What is done while nobody is there: another agent, or another fallback; where both are left out, the route's own fallback.
/// </summary>
internal sealed record ClosedJson
{
    public AgentJson? Agent { get; init; }

    public FallbackJson? Fallback { get; init; }
}
