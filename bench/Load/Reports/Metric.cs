using System.Globalization;

namespace VoiceFunctions.Bench.Load.Reports;

/// <summary>One thing that is measured.</summary>
/// <param name="Title">Its column in the report.</param>
/// <param name="Decimals">How many decimals it is shown with.</param>
/// <param name="MoreIsBetter">Which way is better.</param>
internal sealed record Metric(string Title, int Decimals, bool MoreIsBetter = false)
{
    /// <summary>What it is measured of, where several have the same title.</summary>
    public string Of { get; init; } = "";

    public static readonly Metric Goodput = new("correct/s", 0, true);
    public static readonly Metric Defects = new("defects per 100,000 calls", 0);
    public static readonly Metric NotDialled = new("no dial in time", 0);
    public static readonly Metric NoAgent = new("no agent", 0);
    public static readonly Metric ManyAgents = new("two agents or more", 0);
    public static readonly Metric RoomLeft = new("room left open", 0);
    public static readonly Metric ForgedAccepted = new("forged accepted", 0);
    public static readonly Metric ValidRefused = new("valid not accepted", 0);
    public static readonly Metric Median = new("p50 ms", 2);
    public static readonly Metric P99 = new("p99 ms", 1);
    public static readonly Metric P999 = new("p99.9 ms", 1);
    public static readonly Metric Rate = new("requests/s", 0, true);
    public static readonly Metric Cpu = new("CPU µs per webhook", 0);
    public static readonly Metric StoreCpu = new("store's CPU µs per webhook", 0);
    public static readonly Metric StoreRequests = new("store requests per call", 1);
    public static readonly Metric StoreIn = new("KB to the store per call", 1);
    public static readonly Metric StoreOut = new("KB from the store per call", 1);
    public static readonly Metric LiveKitRequests = new("LiveKit requests per call", 1);
    public static readonly Metric IdleMemory = new("MB idle", 0);
    public static readonly Metric Memory = new("MB under load", 0);
    public static readonly Metric Generator = new("generator busy %", 0);

    /// <summary>A value as text.</summary>
    public string Format(double value) =>
        double.IsNaN(value) ? "—" : value.ToString("N" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>One measured value.</summary>
internal sealed record Measure(Metric Metric, double Value);

/// <summary>What one run of one workload against one contestant measured.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Contestant">The contestant's name.</param>
/// <param name="Run">The number of the run.</param>
/// <param name="Measures">What was measured, in the order of the columns.</param>
internal sealed record RunResult(string Workload, string Contestant, int Run, IReadOnlyList<Measure> Measures)
{
    /// <summary>The name of the lengths that it had.</summary>
    public required string Lengths { get; init; }
}
