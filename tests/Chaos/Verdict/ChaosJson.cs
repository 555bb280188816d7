using System.Text.Json.Nodes;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.Chaos.Verdict;

/// <summary>What a run came to, as JSON.</summary>
internal static class ChaosJson
{
    private static readonly (string Name, double Share)[] Shares =
        [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999), ("max", 1)];

    /// <summary>The document.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="outcome">What came of the calls.</param>
    /// <param name="tally">What was done to the gateways.</param>
    /// <param name="witness">What was seen of their traffic.</param>
    /// <param name="failures">What the run itself failed at.</param>
    /// <param name="folder">Where the files of the run are.</param>
    public static JsonObject Of(
        ChaosOptions options,
        Outcome outcome,
        Tally tally,
        TrafficWitness witness,
        IReadOnlyCollection<Exception> failures,
        string folder) => new()
    {
        ["command"] = options.Command,
        ["kept"] = outcome.IsKept && failures.Count == 0,
        ["folder"] = folder,
        ["calls"] = new JsonObject
        {
            ["placed"] = outcome.Calls,
            ["started"] = outcome.Started,
            ["ended"] = outcome.Ended,
            ["active"] = outcome.Active,
            ["endedBy"] = Counts(outcome.Causes),
        },
        ["defects"] = Counts(ChaosReport.Names.Select(
            kind => KeyValuePair.Create(kind.Name, outcome.Defects.Count(defect => defect.Kind == kind.Kind)))),
        ["found"] = JsonText.Array(outcome.Defects, defect => new JsonObject
        {
            ["kind"] = ChaosReport.NameOf(defect.Kind),
            ["call"] = defect.Call,
            ["words"] = defect.Words,
        }),
        ["faults"] = Counts(tally.Counts),
        ["latencyMs"] = Latency(outcome, witness),
        ["failures"] = JsonText.Array(failures, failure => failure.ToString()),
    };

    private static JsonObject Latency(Outcome outcome, TrafficWitness witness)
    {
        var latency = new JsonObject();
        foreach (var (name, samples) in ChaosReport.TimesOf(outcome, witness))
        {
            var times = new JsonObject();
            foreach (var (share, value) in Shares)
            {
                times[share] = samples.Percentile(value)?.TotalMilliseconds;
            }

            times["count"] = samples.Count;
            latency[name] = times;
        }

        return latency;
    }

    private static JsonObject Counts(IEnumerable<KeyValuePair<string, int>> counts) =>
        new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));
}
