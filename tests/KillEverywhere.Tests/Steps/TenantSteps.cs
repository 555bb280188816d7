using System.Text.Json.Nodes;
using VoiceFunctions.KillEverywhere.Wire;

namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Names what a request asks of a tenant's systems.</summary>
internal static class TenantSteps
{
    /// <summary>An event is offered to a receiver.</summary>
    public static IReadOnlyList<string> OfReceiver(Passing request) => [$"offer {JsonNode.Parse(request.Body)!["type"]}"];

    /// <summary>A tool's backend is asked.</summary>
    public static IReadOnlyList<string> OfTools(Passing request) => [$"ask {request.Target.Split('/')[^1]}"];
}
