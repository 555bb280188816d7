using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Worker;

/// <summary>Every function that the app has, a line each: its name, and its bindings with what the host needs to know of them.</summary>
internal static class ExpectedFunctions
{
    /// <summary>What follows from no list of the code. A function that is neither here nor a route nor an effect is one too many.</summary>
    private static readonly string[] Others =
    [
        "CallOrchestration: orchestrationTrigger",
        "CleanUp: timerTrigger 0 17 3 * * *, durableClient",
        "Look: activityTrigger",
        "Sweep: timerTrigger 0 * * * * *, durableClient",
        "Unrouted: httpTrigger Anonymous {*path}, durableClient, http",
    ];

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. GatewayRoutes.All.Select(Door).Concat(Activities()).Concat(Others).Order(StringComparer.Ordinal)];

    /// <summary>The line of a function.</summary>
    public static string Line(string name, IEnumerable<JsonNode?> bindings) =>
        $"{name}: {string.Join(", ", bindings.Select(binding => Words(binding!)))}";

    /// <summary>
    /// A route is a function of its name. The gateway checks every key and signature itself; what may start a
    /// call brings the Durable client.
    /// </summary>
    private static string Door(GatewayRoute route)
    {
        var client = route.MayRecordEvents ? "durableClient, " : "";
        return $"{route.Name}: httpTrigger Anonymous {string.Join(',', route.Methods).ToLowerInvariant()} {route.Template}, {client}http";
    }

    /// <summary>An effect is an activity of its name.</summary>
    private static IEnumerable<string> Activities() =>
        typeof(CallEffect).GetNestedTypes()
            .Where(kind => kind.IsSubclassOf(typeof(CallEffect)))
            .Select(kind => $"{kind.Name}: activityTrigger");

    private static string Words(JsonNode binding)
    {
        var methods = binding["methods"] is JsonArray listed ? string.Join(',', listed) : null;
        string?[] words = [Text("type"), Text("authLevel"), methods, Text("route"), Text("schedule")];
        return string.Join(' ', words.OfType<string>());

        string? Text(string key) => (string?)binding[key];
    }
}
