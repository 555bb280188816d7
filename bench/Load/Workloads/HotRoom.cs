using VoiceFunctions.Bench.Load.Driving;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Traffic;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>One room of which LiveKit tells far too much, and what the other calls get beside it.</summary>
internal static class HotRoom
{
    private const int HotConnections = 4;
    private const int OthersRate = 200;
    private static readonly Metric HotRate = new("the hot room's webhooks/s", 0, true);
    private static readonly Metric OthersMedian = new("others' p50 ms", 2);
    private static readonly Metric OthersP99 = new("others' p99 ms", 1);

    public static readonly Workload Workload = new(
        "hot-room",
        "One hot room",
        "10,000 webhooks of one room over four connections, as fast as they are answered, beside 200 voice webhooks a second of others.",
        [OthersP99, HotRate])
    {
        Takes = Catalog.IsOneOfTwo,
        RunAsync = MeasureAsync,
    };

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(Stage stage, Contestant contestant)
    {
        using var trial = await Trial.StartAsync(contestant, stage.Lengths);
        await trial.WarmAsync(stage.Traffic);
        var webhooks = stage.Traffic.WebhooksOf("hr");
        var hot = Enumerable.Range(0, stage.Lengths.HotRoomEvents)
            .Select(number => new Shot(0, Step.AgentSpeaks, TimeSpan.Zero, webhooks.Chatter(0, number)))
            .ToList();
        using var driver = new Driver(() => trial.Server.Port, _ => true, _ => { });
        Step[] opening = [Step.Voice, Step.CallerJoined];
        await driver.SaturateAsync(
            [.. opening.Select(step => new Shot(0, step, TimeSpan.Zero, webhooks.Of(0, step)))], 1, TimeSpan.MaxValue);
        var hotTime = trial.RunVoicesAsync(hot, flooding => flooding.SaturateAsync(hot, HotConnections, TimeSpan.FromMinutes(1)));
        var others = await trial.OpenVoicesAsync(
            stage.Traffic.Voices("ho", (int)(OthersRate * stage.Lengths.Fixed.TotalSeconds / 2), OthersRate));
        var flooded = await hotTime;
        stage.Others.Add(others.OthersPercent);
        return
        [
            new(OthersMedian, others.Tally.Percentile(50)),
            new(OthersP99, others.Tally.Percentile(99)),
            new(HotRate, flooded.Tally.Answered / flooded.Elapsed.TotalSeconds),
            new(Metric.ValidRefused, others.Tally.ValidRefused + flooded.Tally.ValidRefused),
            new(Metric.Memory, Machine.Megabytes(trial.Server.Id, "VmHWM")),
        ];
    }
}
