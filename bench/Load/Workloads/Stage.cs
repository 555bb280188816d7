using VoiceFunctions.Bench.Load.Driving;
using VoiceFunctions.Bench.Load.LiveKit;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Traffic;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>What the workloads of one run share.</summary>
/// <param name="Lengths">How long everything is.</param>
/// <param name="Traffic">The signed requests.</param>
/// <param name="Seed">Where chance begins.</param>
internal sealed record Stage(Lengths Lengths, TrafficBook Traffic, int Seed)
{
    /// <summary>How much of a core others had during each measurement, in percent.</summary>
    public List<double> Others { get; } = [];

    /// <summary>Measures a warmed contestant.</summary>
    public async Task<IReadOnlyList<Measure>> MeasureAsync(
        Contestant contestant, Func<Trial, Task<Measured>> run, Func<Measured, IReadOnlyList<Measure>> read, StubFaults? faults = null)
    {
        using var trial = await Trial.StartAsync(contestant, Lengths, faults);
        await trial.WarmAsync(Traffic);
        var measured = await run(trial);
        Others.Add(measured.OthersPercent);
        return read(measured);
    }
}

/// <summary>One workload of the comparison.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Title">Its title in the report.</param>
/// <param name="Text">What it measures, for a reader.</param>
/// <param name="Ratios">What is compared first.</param>
internal sealed record Workload(string Name, string Title, string Text, IReadOnlyList<Metric> Ratios)
{
    /// <summary>Which contestants take part.</summary>
    public required Func<Contestant, bool> Takes { get; init; }

    /// <summary>Whether one run is enough.</summary>
    public bool IsOnce { get; init; }

    /// <summary>Whether only a full run has it.</summary>
    public bool IsLong { get; init; }

    /// <summary>Runs it once.</summary>
    public required Func<Stage, Contestant, Task<IReadOnlyList<Measure>>> RunAsync { get; init; }
}
