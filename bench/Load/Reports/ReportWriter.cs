using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Workloads;

namespace VoiceFunctions.Bench.Load.Reports;

/// <summary>Writes the page, its charts, and all values as JSON under <c>artifacts</c>.</summary>
internal static class ReportWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes all of it below a folder. Charts of an earlier run are deleted.</summary>
    public static void Write(Report report, string folder)
    {
        report.Setting = Setting();
        var charts = Path.Combine(folder, "benchmarks");
        if (Directory.Exists(charts))
        {
            Directory.Delete(charts, recursive: true);
        }

        Directory.CreateDirectory(charts);
        var drawn = new List<string>();
        foreach (var workload in Catalog.All)
        {
            var groups = workload.Ratios.Select(metric => (Metric: metric, Bars: BarsOf(report, workload, metric)))
                .Where(group => group.Bars.Count > 1).ToList();
            if (groups.Count > 0)
            {
                File.WriteAllText(Path.Combine(charts, $"{workload.Name}.svg"), Chart.Of(workload.Title, groups));
                drawn.Add(workload.Name);
            }
        }

        File.WriteAllText(Path.Combine(folder, "benchmarks.md"), ReportText.Of(report, Catalog.All, drawn));
        Directory.CreateDirectory("artifacts/bench");
        File.WriteAllText("artifacts/bench/results.json", JsonSerializer.Serialize(report, Indented));
    }

    private static IReadOnlyList<Bar> BarsOf(Report report, Workload workload, Metric metric) =>
    [
        .. from contestant in Contestant.All
           let values = report.Values(workload.Name, contestant.Name, metric).Where(double.IsFinite).ToList()
           where values.Count > 0
           select new Bar(contestant.Title, Spread.Of(values), contestant.IsOurs),
    ];

    private static (string What, string Value)[] Setting() =>
    [
        ("machine", Machine.Describe()),
        ("system", $"Linux {Machine.Kernel()}, .NET {Environment.Version}, Node {Said("node", "--version")}"
            + (StoreProcess.Missing(Store.RedisAlways) is null ? $", {Said("redis-server", "--version").Split(" sha")[0]}" : "")),
        ("packages of the peers", Packages()),
        ("commit", Said("git", "describe", "--always", "--dirty", "--abbrev=10")),
        ("architecture", RuntimeInformation.ProcessArchitecture.ToString()),
    ];

    private static string Packages()
    {
        using var package = JsonDocument.Parse(File.ReadAllBytes("bench/peers/package.json"));
        var dependencies = package.RootElement.GetProperty("dependencies").EnumerateObject();
        return string.Join(", ", dependencies.Select(each => $"{each.Name} {each.Value}"));
    }

    private static string Said(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return text;
    }
}
