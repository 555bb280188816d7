using VoiceFunctions.Bench.Load.Driving;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>Whole calls for a long time.</summary>
internal static class Soak
{
    private const int Rate = 200;
    private static readonly Metric AtEnd = new("MB at the end", 0);

    public static readonly Workload Workload = new(
        "soak",
        "Soak",
        "200 webhooks a second of whole calls for 30 minutes, once.",
        [Metric.Defects, Metric.P99, AtEnd])
    {
        Takes = Catalog.IsOneOfTwo,
        IsOnce = true,
        IsLong = true,
        RunAsync = MeasureAsync,
    };

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(Stage stage, Contestant contestant)
    {
        using var trial = await Trial.StartAsync(contestant, stage.Lengths);
        await trial.WarmAsync(stage.Traffic);
        var measured = await trial.OpenLivesAsync(stage.Traffic.Lives("so", Catalog.CallsOf(Rate, stage.Lengths.Soak), Rate));
        stage.Others.Add(measured.OthersPercent);
        return [.. measured.OfLives(), new Measure(AtEnd, Machine.Megabytes(trial.Server.Id))];
    }
}
