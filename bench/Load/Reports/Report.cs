using System.Text.Json.Serialization;

namespace VoiceFunctions.Bench.Load.Reports;

/// <summary>Everything that one run of the whole benchmark found out.</summary>
/// <param name="Lengths">How long everything was.</param>
/// <param name="Seed">Where chance began.</param>
/// <param name="At">When it ran.</param>
internal sealed record Report(Lengths Lengths, int Seed, DateTimeOffset At)
{
    /// <summary>The requests per second of the generator alone, one for each run.</summary>
    public List<double> Headroom { get; init; } = [];

    /// <summary>How much of a core others had during each measurement, in percent.</summary>
    public List<double> Others { get; init; } = [];

    public List<RunResult> Results { get; init; } = [];

    /// <summary>What could not be measured, and why.</summary>
    public HashSet<string> Skipped { get; init; } = [];

    public TimeSpan Took { get; set; }

    /// <summary>What was measured, as Git names it.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Machine and versions, as rows of a table.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string What, string Value)> Setting { get; set; } = [];

    /// <summary>Adds a result: in place of an earlier one of the same, and of all of this workload that had other lengths.</summary>
    public void Put(RunResult result)
    {
        Results.RemoveAll(old => old.Workload == result.Workload
            && (old.Lengths != result.Lengths || (old.Contestant == result.Contestant && old.Run == result.Run)));
        Results.Add(result);
    }

    /// <summary>The values of one metric, in the order of the runs.</summary>
    public IReadOnlyList<double> Values(string workload, string contestant, Metric metric) =>
    [
        .. Results.Where(result => result.Workload == workload && result.Contestant == contestant)
            .OrderBy(result => result.Run)
            .SelectMany(result => result.Measures.Where(measure => measure.Metric == metric).Select(measure => measure.Value)),
    ];
}

/// <summary>A median with its range.</summary>
internal readonly record struct Spread(double Least, double Median, double Most)
{
    /// <summary>Of at least one value.</summary>
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[^1]);
    }

    /// <summary>The median, and the range if there is one.</summary>
    public string Format(Metric metric)
    {
        var (least, most) = (metric.Format(Least), metric.Format(Most));
        return least == most ? metric.Format(Median) : $"{metric.Format(Median)} ({least}–{most})";
    }
}
