using VoiceFunctions.Bench.Load.LiveKit;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Traffic;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>Whole calls while something breaks: what counts is which calls were harmed.</summary>
internal static class Troubles
{
    private const double Unavailable = 0.1;
    private const double Hanging = 0.02;
    private const int Rate = 300;
    private const int SlowRate = 40;
    private static readonly Metric[] Compared = [Metric.Defects, Metric.NoAgent, Metric.ManyAgents, Metric.RoomLeft];

    public static readonly Workload Faults = new(
        "faults",
        "Whole calls while LiveKit fails",
        "300 webhooks a second, with Azurite 40. LiveKit's API answers 503 to a tenth of the requests, and carries out "
        + "a fiftieth of them 3 s late. LiveKit sends a webhook that was not taken four more times.",
        Compared)
    {
        Takes = contestant => !contestant.IsJustInTime,
        RunAsync = (stage, contestant) => stage.MeasureAsync(
            contestant,
            trial => trial.OpenLivesAsync(TrafficOf(stage, contestant, "f")),
            measured => measured.OfLives(),
            new StubFaults(Unavailable, Hanging, stage.Seed)),
    };

    public static readonly Workload Restart = new(
        "restart",
        "Whole calls while the server is killed once",
        "The same rate with a healthy LiveKit. In the middle the server gets SIGKILL and starts again at once; its store lives on. "
        + "The CPU is left out, because two processes share the work.",
        Compared)
    {
        Takes = contestant => !contestant.IsJustInTime,
        RunAsync = (stage, contestant) => stage.MeasureAsync(
            contestant,
            trial => trial.KillInLivesAsync(TrafficOf(stage, contestant, "k")),
            measured => [.. measured.OfLives().Where(measure => measure.Metric != Metric.Cpu && measure.Metric != Metric.Memory)]),
    };

    private static LifeTraffic TrafficOf(Stage stage, Contestant contestant, string name)
    {
        var (rate, suffix) = contestant.Store == Store.Tables ? (SlowRate, "t") : (Rate, "");
        return stage.Traffic.Lives($"l{name}{suffix}", Catalog.CallsOf(rate, stage.Lengths.Faulty), rate);
    }
}
