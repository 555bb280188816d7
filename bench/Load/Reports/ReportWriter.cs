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

    /// <summary>What is measured, as Git names it. The page that an earlier run wrote does not count as a change.</summary>
    public static string Commit { get; } = Said("git", "describe", "--always", "--abbrev=10")
        + (Said("git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/benchmarks*").Length > 0 ? "-dirty" : "");

    /// <summary>The results of an earlier run.</summary>
    public static Report Read(string file) => FromJson(File.ReadAllText(file));

    public static string ToJson(Report report) => JsonSerializer.Serialize(report, Indented);

    public static Report FromJson(string json) => JsonSerializer.Deserialize<Report>(json, Indented)!;

    /// <summary>Why a report must not have the results of an earlier run; <c>null</c> where it may.</summary>
    public static string? WhyNotAdded(string file, int seed) =>
        !File.Exists(file) ? $"There is no {file}. Leave --add out for the first run."
        : Commit.EndsWith("-dirty", StringComparison.Ordinal) ? "Commit what is measured, before you add to the results of an earlier run."
        : Read(file) is var earlier && (earlier.Commit, earlier.Seed) != (Commit, seed)
            ? $"{file} is of commit {earlier.Commit} with seed {earlier.Seed}, not of {Commit} with seed {seed}: measure all of it again."
        : null;

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
        File.WriteAllText("artifacts/bench/results.json", ToJson(report));
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
        ("commit", Commit),
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
