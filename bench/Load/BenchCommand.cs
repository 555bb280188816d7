using System.Diagnostics;
using System.Globalization;
using VoiceFunctions.Bench.Load.Driving;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Traffic;
using VoiceFunctions.Bench.Load.Workloads;

namespace VoiceFunctions.Bench.Load;

/// <summary>Runs the workloads against the contestants, and writes the report.</summary>
internal static class BenchCommand
{
    /// <summary>Runs it; 0 when the report is written.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (BenchOptions.Read(args) is not { } options || Unknown(options) is { } unknown)
        {
            await Console.Error.WriteLineAsync(BenchOptions.Usage);
            await Console.Error.WriteLineAsync($"Workloads: {string.Join(' ', Catalog.All.Select(each => each.Name))}");
            await Console.Error.WriteLineAsync($"Peers: {string.Join(' ', Contestant.All.Select(each => each.Name))}");
            return 2;
        }

        if (options.Earlier is { } file && ReportWriter.WhyNotAdded(file, options.Seed) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 2;
        }

        var began = Stopwatch.GetTimestamp();
        var report = options.Earlier is { } earlier
            ? ReportWriter.Read(earlier)
            : new Report(options.Lengths, options.Seed, TimeProvider.System.GetUtcNow()) { Commit = ReportWriter.Commit };
        for (var run = 1; run <= options.Lengths.Runs; run++)
        {
            var stage = new Stage(options.Lengths, new TrafficBook(TimeProvider.System, options.Seed + run - 1), options.Seed + run - 1);
            report.Headroom.Add(await Headroom.MeasureAsync(stage));
            Say(string.Create(CultureInfo.InvariantCulture, $"the generator alone: {report.Headroom[^1]:N0} requests/s"));
            foreach (var workload in Catalog.All.Where(each => IsWanted(each, run, options)))
            {
                await RunAsync(stage, workload, run, options, report);
            }

            report.Others.AddRange(stage.Others);
        }

        report.Took += Stopwatch.GetElapsedTime(began);
        ReportWriter.Write(report, options.Output);
        Say($"wrote {options.Output}/benchmarks.md after {report.Took.TotalMinutes:F0} minutes");
        return 0;
    }

    private static async Task RunAsync(Stage stage, Workload workload, int run, BenchOptions options, Report report)
    {
        foreach (var contestant in Contestant.All.Where(each => workload.Takes(each)))
        {
            if (options.Peers.Count > 0 && !options.Peers.Contains(contestant.Name))
            {
                continue;
            }

            if (ServerProcess.Missing(contestant) is { } missing)
            {
                report.Skipped.Add($"{contestant.Title}: {missing}");
                continue;
            }

            try
            {
                var measures = await workload.RunAsync(stage, contestant);
                report.Put(new RunResult(workload.Name, contestant.Name, run, measures) { Lengths = options.Lengths.Name });
                Say($"run {run}, {workload.Name}, {contestant.Name}: "
                    + string.Join(", ", measures.Select(each => $"{each.Metric.Title} {each.Metric.Format(each.Value)}")));
            }
            catch (InvalidOperationException failure)
            {
                report.Skipped.Add($"{workload.Title}, {contestant.Title}: {failure.Message.Split('\n')[0]}");
                Say($"run {run}, {workload.Name}, {contestant.Name}: {failure.Message}");
            }
        }
    }

    private static bool IsWanted(Workload workload, int run, BenchOptions options) =>
        (options.Only.Count == 0 || options.Only.Contains(workload.Name))
        && (!workload.IsLong || options.Lengths.Soak > TimeSpan.Zero)
        && (!workload.IsOnce || run == 1);

    private static string? Unknown(BenchOptions options) =>
        options.Only.Except(Catalog.All.Select(each => each.Name))
            .Concat(options.Peers.Except(Contestant.All.Select(each => each.Name)))
            .FirstOrDefault();

    private static void Say(string line) => Console.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {line}");
}
