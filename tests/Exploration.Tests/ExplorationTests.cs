using System.Diagnostics;
using System.Globalization;
using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration;

public sealed class ExplorationTests(ITestOutputHelper output)
{
    private static readonly int Depth = int.Parse(Environment.GetEnvironmentVariable("EXPLORE_DEPTH") ?? "1", CultureInfo.InvariantCulture);

    public static TheoryData<string> Names { get; } = [.. Scenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_promise_is_kept(string scenario)
    {
        CallWorld Begin() => new(Scenarios.Named(scenario), Bug.None);
        var clock = Stopwatch.StartNew();
        var findings = new Explorer(Begin, new Bound(Depth, Depth, Depth)).Explore(5000);

        foreach (var alike in findings.Failures.GroupBy(failure => failure.Broken))
        {
            output.WriteLine($"{alike.Count()} x {Shrinker.Shrink(Begin, alike.First())}");
        }

        output.WriteLine($"{scenario}: {findings} in {clock.Elapsed}");
        Assert.Empty(findings.Failures);
    }
}
