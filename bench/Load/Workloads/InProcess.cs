using System.Globalization;
using System.Text.RegularExpressions;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Servers;

namespace VoiceFunctions.Bench.Load.Workloads;

/// <summary>What one webhook costs ours without a network and without a workflow, as <c>bench/Webhooks</c> measures it.</summary>
internal static partial class InProcess
{
    private const string Program = "artifacts/bin/Webhooks/release/VoiceFunctions.Webhooks.dll";

    public static readonly Workload Workload = new(
        "in-process",
        "One webhook in process",
        "Time and allocated bytes of a webhook in ours, without network and workflow: medians by `bench/Webhooks` with BenchmarkDotNet. "
        + "To decide is to fold the whole history of the webhook's call and to ask the policy what is next, without journal and effects.",
        [])
    {
        Takes = contestant => contestant.Name == "ours",
        IsOnce = true,
        RunAsync = MeasureAsync,
    };

    /// <summary>Reads one line of that program: a name, microseconds and bytes.</summary>
    public static IReadOnlyList<Measure> Read(string line) =>
        Row().Match(line) is { Success: true } row
            ?
            [
                new(new Metric($"{row.Groups[1].Value.Trim()}, µs", 1), Number(row.Groups[2])),
                new(new Metric("bytes", 0) { Of = row.Groups[1].Value.Trim() }, Number(row.Groups[3])),
            ]
            : [];

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(Stage stage, Contestant contestant)
    {
        using var process = await Launcher.StartAsync(Launcher.Command("dotnet", Program));
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();
        return [.. lines.SelectMany(Read)];
    }

    [GeneratedRegex(@"^(\S.{38,}?)\s+([\d.]+) µs\s+(\d+) bytes\s*$")]
    private static partial Regex Row();
}
