using System.Globalization;
using VoiceFunctions.Bench.Load.Driving;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Traffic;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>What whole calls cost beside calls that are held open.</summary>
internal static class ActiveCalls
{
    private const int Rate = 400;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly Step[] Opening = [Step.Voice, Step.RoomStarted, Step.CallerJoined, Step.AgentJoined, Step.AgentSpeaks];
    private static readonly Metric Growth = new("CPU per webhook, most calls / one call", 2);
    private static readonly Metric Each = new("MB per 1,000 active calls", 1);

    public static readonly Workload Workload = new(
        "active",
        "Calls held open",
        "Whole calls at 400 webhooks a second beside calls with caller and agent in their rooms. "
        + "Idle is the CPU without any webhook, in % of the core.",
        [Growth, Each])
    {
        Takes = Catalog.IsOneOfTwo,
        RunAsync = MeasureAsync,
    };

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(Stage stage, Contestant contestant)
    {
        using var trial = await Trial.StartAsync(contestant, stage.Lengths);
        await trial.WarmAsync(stage.Traffic);
        var webhooks = stage.Traffic.WebhooksOf("ac");
        var measures = new List<Measure>();
        var cpus = new List<double>();
        var before = Machine.Megabytes(trial.Server.Id);
        var open = 0;
        foreach (var level in stage.Lengths.ActiveCalls)
        {
            await Waves.PlayAsync(trial, webhooks, open, level, Opening);
            open = level;
            var cpu = trial.Server.CpuSeconds;
            await Task.Delay(Rest, TimeProvider.System);
            var idle = (trial.Server.CpuSeconds - cpu) / Rest.TotalSeconds * 100;
            var lives = stage.Traffic.Lives($"av{level}x", Catalog.CallsOf(Rate, stage.Lengths.Fixed), Rate);
            var measured = await trial.OpenLivesAsync(lives);
            stage.Others.Add(measured.OthersPercent);
            cpus.Add(measured.ServerCpu * 1_000_000 / measured.Tally.Answered);
            measures.Add(new(At(level, "CPU µs", 0), cpus[^1]));
            measures.Add(new(At(level, "p99 ms", 1), measured.Tally.Percentile(99)));
            measures.Add(new(At(level, "idle %", 1), idle));
        }

        var megabytes = (Machine.Megabytes(trial.Server.Id) - before) * 1_000 / Math.Max(1, open);
        return [.. measures, new(Each, megabytes), new(Growth, cpus[^1] / cpus[0])];
    }

    private static Metric At(int calls, string what, int decimals) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what} at {calls:N0}"), decimals);
}
