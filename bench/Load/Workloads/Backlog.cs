using VoiceFunctions.Bench.Load.Driving;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Traffic;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>Whole calls at a fixed rate, before and after very many calls that came and ended.</summary>
internal static class Backlog
{
    private const int Rate = 500;
    private const int WarmCalls = 2_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly Step[] Life =
        [Step.Voice, Step.RoomStarted, Step.CallerJoined, Step.AgentJoined, Step.AgentSpeaks, Step.CallerLeft];

    private static readonly Metric P99Without = new("p99 ms without", 1);
    private static readonly Metric CpuWithout = new("CPU µs without", 0);
    private static readonly Metric MemoryWithout = new("MB without", 0);
    private static readonly Metric MemoryWith = new("MB", 0);
    private static readonly Metric P99Ratio = new("p99, with / without", 2);
    private static readonly Metric CpuRatio = new("CPU, with / without", 2);
    private static readonly Metric MemoryRatio = new("MB, with / without", 2);

    public static readonly Workload Workload = new(
        "backlog",
        "A backlog of old calls",
        "Whole calls at 500 webhooks a second, in one process before and after 100,000 old calls (10,000 in a quick run); "
        + "the first 2,000 of them come before, so that the process is as warm. "
        + "The old calls came as webhooks too, as fast as they were answered, and have ended. "
        + "`old calls` says how many of them were served correctly. "
        + "Ours in memory keeps 1,000 histories of ended calls whole, and the rest of them for a while in short. "
        + "The contestants with Azurite are left out: filling its tables with webhooks would take hours. "
        + "`dotnet run -c Release --project bench/CallList` has 100,000 old calls in a table.",
        [Metric.P99, Metric.Cpu, MemoryWith, CpuRatio, MemoryRatio])
    {
        Takes = Catalog.IsOneOfTwo,
        IsOnce = true,
        RunAsync = MeasureAsync,
    };

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(Stage stage, Contestant contestant)
    {
        using var trial = await Trial.StartAsync(contestant, stage.Lengths);
        await trial.WarmAsync(stage.Traffic);
        var (webhooks, calls) = (stage.Traffic.WebhooksOf("ol"), stage.Lengths.BacklogCalls);
        await Waves.PlayAsync(trial, webhooks, 0, WarmCalls, Life);
        var (without, megabytesWithout) = await PlayAsync(stage, trial, "lb");
        await Waves.PlayAsync(trial, webhooks, WarmCalls, calls, Life);
        var old = Defects.OfLives(trial.LiveKit.Rooms, [.. Enumerable.Range(0, calls).Select(webhooks.RoomOf)], new Tally()).Correct;

        var (with, megabytes) = await PlayAsync(stage, trial, "la");
        var (cpu, cpuWithout) = (CpuOf(with), CpuOf(without));
        return
        [
            new(new Metric("old calls", 0), old),
            new(Metric.Goodput, with.Defects.Correct / with.Elapsed.TotalSeconds),
            new(Metric.Defects, with.Defects.Per100000(with.Defects.All)),
            new(Metric.Median, with.Tally.Percentile(50)),
            new(Metric.P99, with.Tally.Percentile(99)),
            new(P99Without, without.Tally.Percentile(99)),
            new(P99Ratio, with.Tally.Percentile(99) / without.Tally.Percentile(99)),
            new(Metric.Cpu, cpu),
            new(CpuWithout, cpuWithout),
            new(CpuRatio, cpu / cpuWithout),
            new(MemoryWith, megabytes),
            new(MemoryWithout, megabytesWithout),
            new(MemoryRatio, megabytes / megabytesWithout),
        ];
    }

    private static async Task<(Measured Measured, double Megabytes)> PlayAsync(Stage stage, Trial trial, string name)
    {
        // A runtime optimizes its hot code when it gets a moment without new code.
        await Task.Delay(Rest, TimeProvider.System);
        var measured = await trial.OpenLivesAsync(stage.Traffic.Lives(name, Catalog.CallsOf(Rate, stage.Lengths.Fixed), Rate));
        stage.Others.Add(measured.OthersPercent);
        return (measured, Machine.Megabytes(trial.Server.Id));
    }

    private static double CpuOf(Measured measured) => measured.ServerCpu * 1_000_000 / measured.Tally.Answered;
}
