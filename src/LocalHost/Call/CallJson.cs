using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Costs;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.Call;

/// <summary>What came of simulated calls, as JSON.</summary>
internal static class CallJson
{
    /// <summary>One play of a scenario.</summary>
    public static JsonObject Of(CallOptions options, Verdict verdict)
    {
        var document = new JsonObject
        {
            ["scenario"] = options.Scenario.Name,
            ["seed"] = options.Seeds.First,
            ["kept"] = verdict.IsKept,
            ["callerHeard"] = verdict.CallerHeard,
            ["calls"] = JsonText.Array(verdict.Proofs, proof => proof.CallId),
            ["promises"] = PromisesOf(verdict),
        };
        if (options.TellsCost)
        {
            document["costs"] = JsonText.Array(verdict.Costs, sheet => JsonSerializer.SerializeToNode(sheet, CostJson.Default.CostSheet));
        }

        return document;
    }

    /// <summary>Many plays of a scenario; of those that kept every promise only the number is told.</summary>
    public static JsonObject Of(CallOptions options, IReadOnlyList<(int Seed, Verdict Verdict)> broken) => new()
    {
        ["scenario"] = options.Scenario.Name,
        ["seeds"] = options.Seeds.ToString(),
        ["plays"] = options.Seeds.Count,
        ["kept"] = broken.Count == 0,
        ["broken"] = JsonText.Array(broken, one => new JsonObject
        {
            ["seed"] = one.Seed,
            ["promises"] = PromisesOf(one.Verdict),
        }),
    };

    private static JsonArray PromisesOf(Verdict verdict) => JsonText.Array(
        verdict.Promises, promise => new JsonObject { ["text"] = promise.Text, ["kept"] = promise.Kept });
}
