using System.Xml.Linq;
using VoiceFunctions.Bench.Load;
using VoiceFunctions.Bench.Load.Reports;
using VoiceFunctions.Bench.Load.Workloads;

namespace VoiceFunctions.Bench.Tests;

/// <summary>The page that a run writes.</summary>
public sealed class ReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_spread_is_the_median_with_its_range()
    {
        Assert.Equal(new Spread(1, 2, 9), Spread.Of([9, 1, 2]));
        Assert.Equal("2.0 (1.0–9.0)", Spread.Of([9, 1, 2]).Format(Metric.P99));
        Assert.Equal("2.0", Spread.Of([2]).Format(Metric.P99));
    }

    [Fact]
    public void Ratios_come_first_and_are_bold_where_ours_is_better()
    {
        var report = TwoRuns();

        var lines = ReportText.Of(report, Catalog.All, []).Split('\n');

        var ratios = Assert.Single(
            lines, line => line.Contains("VoiceFunctions, in memory / Fastify, in memory", StringComparison.Ordinal));
        Assert.Contains("correct/s **2.00 (1.50–2.50)**", ratios, StringComparison.Ordinal);
        Assert.Contains("p99 ms 1.50", ratios, StringComparison.Ordinal);
        var section = Array.FindIndex(lines, line => line.StartsWith("## Voice webhook", StringComparison.Ordinal));
        Assert.True(Array.IndexOf(lines, ratios) < section);
    }

    [Fact]
    public void Who_answers_more_correctly_stands_above()
    {
        var lines = ReportText.Of(TwoRuns(), Catalog.All, []).Split('\n').ToList();

        var ours = lines.FindIndex(
            line => line.StartsWith("| VoiceFunctions, in memory | 2,000 (1,500–2,500) |", StringComparison.Ordinal));
        var theirs = lines.FindIndex(line => line.StartsWith("| Fastify, in memory | 1,000 |", StringComparison.Ordinal));
        Assert.InRange(ours, 1, theirs - 1);
    }

    [Fact]
    public void What_could_not_be_measured_is_named()
    {
        var report = TwoRuns();
        report.Skipped.Add("Fastify + Redis: redis-server is not installed");

        Assert.Contains(
            "- Fastify + Redis: redis-server is not installed", ReportText.Of(report, Catalog.All, []), StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_results_make_the_same_page_again()
    {
        var report = TwoRuns();
        report.Put(Of("lives", "ours", 1, "usual", double.NaN));
        report.Skipped.Add("Fastify + Redis: redis-server is not installed");

        var again = ReportWriter.FromJson(ReportWriter.ToJson(report));

        Assert.Equal(ReportText.Of(report, Catalog.All, []), ReportText.Of(again, Catalog.All, []));
    }

    [Fact]
    public void What_is_measured_again_replaces_what_was_measured_before()
    {
        var report = TwoRuns();

        report.Put(Of("voice", "ours", 1, "usual", 3_000));

        Assert.Equal([2_500, 3_000], report.Values("voice", "ours", Metric.Goodput).Order());
        Assert.Equal([1_000, 1_000], report.Values("voice", "fastify", Metric.Goodput));
    }

    [Fact]
    public void A_workload_with_other_lengths_is_not_compared_with_its_earlier_results_and_says_which_it_had()
    {
        var report = TwoRuns();

        report.Put(Of("voice", "ours", 1, "full", 3_000));

        Assert.Equal([3_000], report.Values("voice", "ours", Metric.Goodput));
        Assert.Empty(report.Values("voice", "fastify", Metric.Goodput));
        Assert.Contains("This was a *full* run.", ReportText.Of(report, Catalog.All, []), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_another_commit_are_not_added()
    {
        var folder = Directory.CreateTempSubdirectory("bench");
        var file = Path.Combine(folder.FullName, "results.json");
        File.WriteAllText(file, ReportWriter.ToJson(TwoRuns()));

        var reason = ReportWriter.WhyNotAdded(file, 1);
        folder.Delete(recursive: true);

        Assert.NotNull(reason);
        Assert.Contains("--add", ReportWriter.WhyNotAdded(file, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_is_XML_with_bars_as_long_as_their_values_for_light_and_dark()
    {
        var svg = XElement.Parse(Chart.Of(
            "Calls & more", [(Metric.Goodput, [new Bar("ours", Spread.Of([200]), true), new Bar("<theirs>", Spread.Of([100]), false)])]));

        var bars = svg.Descendants().Where(each => each.Name.LocalName == "rect").Select(each => (double)each.Attribute("width")!).ToList();
        Assert.Equal(2, bars[0] / bars[1], 0.01);
        Assert.Contains("prefers-color-scheme: dark", svg.ToString(), StringComparison.Ordinal);
        Assert.Contains("<theirs>", svg.Descendants().Select(each => each.Value));
    }

    [Fact]
    public void A_line_of_the_measurement_in_process_is_time_and_bytes()
    {
        var measures = InProcess.Read($"{"voice: whole door, TwiML included",-40}{14.25,10} µs{9_216,10} bytes");

        Assert.Equal([14.25, 9_216], measures.Select(measure => measure.Value));
        Assert.Empty(InProcess.Read("| 'voice: whole door, TwiML included'    | 36.614 us |  8.8286 us |   10032 B |"));
    }

    [Theory]
    [InlineData("--quick --only voice,lives --seed 7", "quick", 7)]
    [InlineData("--full", "full", 1)]
    [InlineData("", "usual", 1)]
    public void The_command_line_says_how_long_and_which_calls(string line, string lengths, int seed)
    {
        var options = BenchOptions.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((lengths, seed), (options!.Lengths.Name, options.Seed));
    }

    [Theory]
    [InlineData("--quck")]
    [InlineData("--seed x")]
    [InlineData("--runs 0")]
    public void A_wrong_command_line_is_refused(string line) => Assert.Null(BenchOptions.Read(line.Split(' ')));

    private static Report TwoRuns()
    {
        var report = new Report(Lengths.Usual, 1, Now);
        report.Headroom.Add(40_000);
        for (var run = 1; run <= 2; run++)
        {
            report.Put(Of("voice", "fastify", run, "usual", 1_000, new Measure(Metric.P99, 2)));
            report.Put(Of("voice", "ours", run, "usual", run == 1 ? 1_500 : 2_500, new Measure(Metric.P99, 3)));
        }

        return report;
    }

    private static RunResult Of(string workload, string contestant, int run, string lengths, double goodput, params Measure[] others) =>
        new(workload, contestant, run, [new Measure(Metric.Goodput, goodput), .. others]) { Lengths = lengths };
}
