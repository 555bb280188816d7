using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>Every workload, in the order in which it runs and is reported.</summary>
internal static class Catalog
{
    private const int SlowCalls = 80;
    private const int SlowRate = 150;
    private const int NominalRate = 5_000;

    /// <summary>
    /// At this rate about 170 calls are under way at a time. With many more, a saturated server would stretch each call's life until its
    /// caller hears silence for so long that a second agent is right.
    /// </summary>
    private const int InterleavedRate = 500;

    private static readonly Metric[] Served = [Metric.Goodput, Metric.P99, Metric.Cpu, Metric.Memory];

    public static readonly IReadOnlyList<Workload> All =
    [
        new(
            "voice",
            "Voice webhook, saturated",
            "Distinct signed voice webhooks over 32 connections, each of which sends the next one when it has its answer.",
            Served)
        {
            Takes = contestant => contestant.Store == Store.Memory,
            RunAsync = (stage, contestant) => stage.MeasureAsync(
                contestant,
                trial => trial.SaturateVoicesAsync(stage.Traffic.Voices("vs", stage.Lengths.SaturatedVoices, NominalRate)),
                measured => measured.OfVoices()),
        },
        VoiceAt(1_000),
        VoiceAt(4_000),
        new(
            "lives",
            "Whole calls, saturated",
            "Six webhooks for each call. A fifth of them come twice, a tenth come after the one that follows them. Agents join where "
            + "they were dispatched. With Azurite these are fewer calls, and each connection plays one call after the other.",
            Served)
        {
            Takes = _ => true,
            RunAsync = (stage, contestant) => stage.MeasureAsync(
                contestant,
                trial => trial.SaturateLivesAsync(
                    contestant.Store == Store.Tables
                        ? stage.Traffic.Lives("lt", SlowCalls, SlowRate)
                        : stage.Traffic.Lives("ls", stage.Lengths.SaturatedLives, InterleavedRate)),
                measured => measured.OfLives()),
        },
        new(
            "lives-1000",
            "Whole calls at 1,000 webhooks a second",
            "The same calls in an open loop.",
            [Metric.P99, Metric.Cpu, Metric.Memory])
        {
            Takes = contestant => contestant is { Store: not Store.Tables, IsJustInTime: false },
            RunAsync = (stage, contestant) => stage.MeasureAsync(
                contestant,
                trial => trial.OpenLivesAsync(
                    stage.Traffic.Lives("lo", CallsOf(1_000, stage.Lengths.Fixed), 1_000)),
                measured => measured.OfLives()),
        },
        ColdStart.Workload,
        new(
            "hostile",
            "Forged and valid voice webhooks, saturated",
            "Half of the voice webhooks have a wrong signature.",
            Served)
        {
            Takes = IsInMemory,
            RunAsync = (stage, contestant) => stage.MeasureAsync(
                contestant,
                trial => trial.SaturateVoicesAsync(stage.Traffic.Voices("vh", stage.Lengths.SaturatedVoices, NominalRate, forged: 0.5)),
                measured => [.. measured.OfVoices(), new Measure(Metric.ForgedAccepted, measured.Tally.ForgedAccepted)]),
        },
        Troubles.Faults,
        Troubles.Restart,
        ActiveCalls.Workload,
        Backlog.Workload,
        Flood.Workload,
        HotRoom.Workload,
        InProcess.Workload,
        Soak.Workload,
    ];

    /// <summary>How many whole calls fill this time at a rate of webhooks.</summary>
    public static int CallsOf(double perSecond, TimeSpan time) => (int)(perSecond * time.TotalSeconds / Traffic.Schedules.ShotsPerCall);

    /// <summary>Whether a contestant keeps nothing outside of its process; of ours, only the program of the image.</summary>
    public static bool IsInMemory(Contestant contestant) => contestant is { Store: Store.Memory, IsJustInTime: false };

    /// <summary>Ours and its nearest rival alone, where a measurement takes long.</summary>
    public static bool IsOneOfTwo(Contestant contestant) => contestant.Name is "ours" or "fastify";

    private static Workload VoiceAt(int rate) => new(
        $"voice-{rate}",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Voice webhook at {rate:N0} a second"),
        "An open loop: the webhooks come at random times, like those of independent callers.",
        [Metric.P99, Metric.Cpu, Metric.Memory])
    {
        Takes = IsInMemory,
        RunAsync = (stage, contestant) => stage.MeasureAsync(
            contestant,
            trial => trial.OpenVoicesAsync(
                stage.Traffic.Voices($"v{rate}", (int)(rate * stage.Lengths.Fixed.TotalSeconds), rate)),
            measured => measured.OfVoices()),
    };
}
