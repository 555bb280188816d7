using VoiceFunctions.Bench.Load.Driving;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>Callers who never join, and what everybody else gets while the gateway looks after their calls.</summary>
internal static class Flood
{
    private const int OthersRate = 10;
    private static readonly Metric CpuAllIn = new("CPU ms per flooded call, all in", 2);
    private static readonly Metric Questions = new("LiveKit requests per flooded call", 2);
    private static readonly Metric OthersMedian = new("others' p50 ms", 1);
    private static readonly Metric OthersP99 = new("others' p99 ms", 0);
    private static readonly Metric OthersWorst = new("others' worst ms", 0);

    public static readonly Workload Workload = new(
        "flood",
        "A flood of callers who never join",
        "Voice webhooks as fast as they are answered, whose callers never come into a room; then ten others a second. "
        + "Ours asks LiveKit for each such call and ends it; the peers have forgotten it.",
        [OthersP99, CpuAllIn, Metric.Memory])
    {
        Takes = Catalog.IsOneOfTwo,
        RunAsync = MeasureAsync,
    };

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(Stage stage, Contestant contestant)
    {
        using var trial = await Trial.StartAsync(contestant, stage.Lengths);
        await trial.WarmAsync(stage.Traffic);
        var (calls, after) = (stage.Lengths.FloodCalls, stage.Lengths.AfterFlood);
        var (cpu, asked) = (trial.Server.CpuSeconds, trial.LiveKit.Requests);
        var flooded = await trial.SaturateVoicesAsync(stage.Traffic.Voices("fl", calls, 5_000));
        var others = await trial.OpenVoicesAsync(
            stage.Traffic.Voices("fo", (int)(OthersRate * after.TotalSeconds), OthersRate));
        stage.Others.Add(others.OthersPercent);
        return
        [
            new(OthersMedian, others.Tally.Percentile(50)),
            new(OthersP99, others.Tally.Percentile(99)),
            new(OthersWorst, others.Tally.Percentile(100)),
            new(Metric.ValidRefused, flooded.Tally.ValidRefused + others.Tally.ValidRefused),
            new(CpuAllIn, (trial.Server.CpuSeconds - cpu) * 1_000 / flooded.Tally.Answered),
            new(Questions, (double)(trial.LiveKit.Requests - asked) / flooded.Tally.Answered),
            new(Metric.Rate, flooded.Tally.Answered / flooded.Elapsed.TotalSeconds),
            new(Metric.Memory, Machine.Megabytes(trial.Server.Id, "VmHWM")),
        ];
    }
}
