using System.Globalization;
using System.Text;
using VoiceFunctions.Bench.Load.Servers;
using VoiceFunctions.Bench.Load.Workloads;

namespace VoiceFunctions.Bench.Load.Reports;

/// <summary>The report as Markdown: ratios first, then every figure, then where they come from.</summary>
internal static class ReportText
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="workloads">All workloads.</param>
    /// <param name="charts">The names of the workloads that have a chart.</param>
    public static string Of(Report report, IReadOnlyList<Workload> workloads, IReadOnlyCollection<string> charts)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            # Benchmarks

            `bench/run.sh` writes this page and its charts; do not edit them by hand.
            It compares VoiceFunctions with small gateways that do the same with Fastify or Express, the official `twilio` and
            `livekit-server-sdk` packages, and a store of the ids of webhooks that were seen (`bench/peers`).
            In a run, every contestant gets the same bytes on one core of the same machine; the load generator has another core.

            - `bench/run.sh` takes more than two hours for three runs, `--quick` about 25 minutes for one.
              `--full` adds a long run (soak) of 30 minutes for each of two contestants.
            - `--only voice,lives` runs only these workloads, `--peers ours,fastify` only these contestants; `--seed N` plays other calls.
            - `--add artifacts/bench/results.json` adds to what was measured of the same commit before, or measures some of it again.

            This is a *{report.Lengths.Name}* run: {Runs(report.Lengths.Runs)}.
            {NotRun(report, workloads)}
            ## Ratios

            The value of VoiceFunctions, divided by that of Fastify with the same kind of store: the median, and the range of several runs.
            **Bold**: VoiceFunctions is better.
            [Decision 96](decisions/0096-what-the-profile-says.md) has the goals, and says why those that are not met are not.

            """);
        Ratios(text, report, workloads);
        text.AppendLine("""

            ## How it is measured

            - **Open loop**: the times of all requests are fixed before the start.
              A latency counts from the time at which its request was due.
              So if a server stops for a moment, the latency of every request that waited is counted.
            - **Saturated**: a closed loop over 32 connections.
              This finds the highest rate; latencies are those of a server at its limit.
            - **Correct**: a valid webhook is accepted, a voice webhook is answered with a `Dial` to a SIP address, a forged one is refused.
              A whole call is correct if exactly one agent was dispatched and its room was deleted.
            - **Defects per 100,000 calls** are counted by the stub of LiveKit a few seconds after the last call:
              no dial before the caller was to join, no agent, two or more agents, a room that was not deleted, an accepted forgery,
              a valid webhook that was not accepted although LiveKit sent it five times. One call can have several defects.
            - **LiveKit** is a stub in the generator. It sends `room_finished` after a room was deleted, as LiveKit does.
            - **CPU** is that of the server's process, from Linux.
              A store runs on the server's core, and its CPU has a column of its own.
            - **KB to and from the store** are the bytes that Azurite's process read and wrote, from Linux, without its log lines.
              Azurite keeps its tables in memory, so this is HTTP with its headers.
            - VoiceFunctions is the program of the container image, compiled ahead of time (`eng/native.sh`).
              Where a row says `./run.sh`, it compiles itself while it runs.
              It keeps a journal and runs a workflow for each call.
              It deletes rooms at once (`ROOM_GRACE_SECONDS=0`), and logs warnings only.
              The others keep the ids of webhooks and log nothing.
            - The Functions worker is not in the tables. Without the Functions host, which is not part of this repository,
              a stub of that host would be measured.
              [Cost](cost.md) has its storage requests per call on the real engine, including those of the task hub.

            """);
        foreach (var workload in workloads.Where(workload => report.Results.Any(result => result.Workload == workload.Name)))
        {
            Section(text, report, workload, charts.Contains(workload.Name));
        }

        Setting(text, report);
        return text.ToString();
    }

    private static string Runs(int runs) => runs == 1 ? "one run, so there are no ranges" : $"medians of {runs} runs, with their ranges";

    private static void Ratios(StringBuilder text, Report report, IReadOnlyList<Workload> workloads)
    {
        text.AppendLine("| workload | contestants | ratios |\n| --- | --- | --- |");
        foreach (var workload in workloads)
        {
            foreach (var ours in Contestant.All.Where(each => each.IsOurs))
            {
                var parts = workload.Ratios.Select(metric => Ratio(report, workload.Name, ours, metric)).OfType<string>().ToList();
                if (parts.Count > 0)
                {
                    text.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"| {workload.Title} | {ours.Title} / {TitleOf(ours.RivalName)} | {string.Join(" · ", parts)} |");
                }
            }
        }
    }

    private static string? Ratio(Report report, string workload, Contestant ours, Metric metric)
    {
        var (mine, theirs) = (report.Values(workload, ours.Name, metric), report.Values(workload, ours.RivalName, metric));
        var each = mine.Zip(theirs).Where(pair => pair.Second > 0).Select(pair => pair.First / pair.Second).Where(double.IsFinite).ToList();
        if (each.Count == 0)
        {
            return null;
        }

        var ratio = Spread.Of(each);
        var shown = ratio.Format(new Metric(metric.Title, 2));
        var isBetter = metric.MoreIsBetter ? ratio.Median > 1 : ratio.Median < 1;
        return $"{metric.Title} {(isBetter ? $"**{shown}**" : shown)}";
    }

    private static void Section(StringBuilder text, Report report, Workload workload, bool hasChart)
    {
        var results = report.Results.Where(result => result.Workload == workload.Name).ToList();
        var metrics = results.SelectMany(result => result.Measures.Select(measure => measure.Metric)).Distinct().ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {workload.Title}\n\n{Lines(workload.Text)}\n");
        if (results[0].Lengths is var lengths && lengths != report.Lengths.Name)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"This was a *{lengths}* run.\n");
        }

        if (hasChart)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"![{workload.Title}](benchmarks/{workload.Name}.svg)\n");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", metrics.Select(metric => metric.Title))} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| --- |{string.Concat(Enumerable.Repeat(" ---: |", metrics.Count))}");
        foreach (var contestant in Ranked(report, workload.Name, results, metrics))
        {
            var cells = metrics.Select(metric =>
                report.Values(workload.Name, contestant, metric) is { Count: > 0 } values ? Spread.Of(values).Format(metric) : "");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {TitleOf(contestant)} | {string.Join(" | ", cells)} |");
        }

        text.AppendLine();
    }

    /// <summary>By correct goodput where there is one; else by what is measured first.</summary>
    private static IEnumerable<string> Ranked(Report report, string workload, IEnumerable<RunResult> results, List<Metric> metrics)
    {
        var first = metrics.Contains(Metric.Goodput) ? Metric.Goodput : metrics[0];
        var sign = first.MoreIsBetter ? -1 : 1;
        return results.Select(result => result.Contestant).Distinct().OrderBy(contestant =>
            report.Values(workload, contestant, first) is { Count: > 0 } values ? sign * Spread.Of(values).Median : double.MaxValue);
    }

    private static void Setting(StringBuilder text, Report report)
    {
        text.AppendLine("## Where the figures come from\n\n| | |\n| --- | --- |");
        var others = Spread.Of(report.Others.Count == 0 ? [0] : report.Others);
        (string What, string Value)[] rows =
        [
            .. report.Setting,
            ("seed", report.Seed.ToString(CultureInfo.InvariantCulture)),
            ("runs", report.Lengths.Runs.ToString(CultureInfo.InvariantCulture)),
            ("date, length", string.Create(
                CultureInfo.InvariantCulture, $"{report.At:yyyy-MM-dd HH:mm} UTC, {report.Took.TotalMinutes:F0} minutes")),
            ("the generator alone, against a server that does nothing", $"{Spread.Of(report.Headroom).Format(Metric.Rate)} requests/s"),
            ("CPU that other processes used meanwhile, in % of one core", string.Create(
                CultureInfo.InvariantCulture, $"{others.Median:F0} (most {others.Most:F0}) in the median of the measurements")),
        ];
        foreach (var (what, value) in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {value} |");
        }

        if (report.Skipped.Count > 0)
        {
            text.AppendLine("\nNot measured:\n");
            foreach (var line in report.Skipped.Order(StringComparer.Ordinal))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- {line}");
            }
        }
    }

    private static string TitleOf(string contestant) =>
        Contestant.All.FirstOrDefault(each => each.Name == contestant)?.Title ?? contestant;

    private static string NotRun(Report report, IReadOnlyList<Workload> workloads)
    {
        var left = workloads.Where(workload => report.Results.TrueForAll(result => result.Workload != workload.Name)).ToList();
        return left.Count == 0 ? "" : $"Not run this time: {string.Join(", ", left.Select(workload => $"`{workload.Name}`"))}.\n";
    }

    /// <summary>One sentence on a line.</summary>
    private static string Lines(string text) => text.Replace(". ", ".\n", StringComparison.Ordinal);
}
