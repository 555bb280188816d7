using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration;

/// <summary>
/// Every interleaving of every scenario within its bound. <c>EXPLORE_DEPTH=n</c> explores all scenarios with up to n deviations; 2 takes
/// hours. <c>EXPLORE_SCENARIO=name</c> explores one.
/// </summary>
public sealed class ExplorationTests(ITestOutputHelper output)
{
    private const int MostFailures = 1000;

    private static readonly int? Depth =
        int.TryParse(Environment.GetEnvironmentVariable("EXPLORE_DEPTH"), CultureInfo.InvariantCulture, out var depth) ? depth : null;
    private static readonly string? Only = Environment.GetEnvironmentVariable("EXPLORE_SCENARIO");

    [Fact]
    public void Every_promise_is_kept_in_every_interleaving_up_to_the_bound()
    {
        var clock = Stopwatch.StartNew();
        var all = new ConcurrentBag<Findings>();
        var broken = new ConcurrentBag<string>();
        var scenarios =
            ExploredScenarios.All.Where(scenario => Only is null || scenario.Name == Only).OrderByDescending(scenario => scenario.Depth);

        // Each exploration is one thread's own world; they only share the processors.
        Parallel.ForEach(Partitioner.Create(scenarios, EnumerablePartitionerOptions.NoBuffering), scenario =>
        {
            CallWorld Begin() => new(scenario, Bug.None);
            var bound = Depth ?? scenario.Depth;
            var findings = new Explorer(Begin, new Bound(bound, bound, bound)).Explore(MostFailures);
            all.Add(findings);
            output.WriteLine($"{scenario}: {findings}");
            foreach (var (troubles, worst) in findings.Worst.Index())
            {
                output.WriteLine($"    latest with {troubles} troubles: {worst}");
            }

            foreach (var alike in findings.Failures.GroupBy(failure => failure.Broken))
            {
                broken.Add($"{scenario}, {alike.Count()} times: {Shrinker.Shrink(Begin, alike.First())}");
            }
        });

        var most = all.Max(findings => findings.Bound.Total);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"explored {all.Sum(findings => findings.Runs):N0} runs, {all.Sum(findings => findings.States):N0} states of {all.Count} "
                + $"scenarios, bound: up to {most} faults and preemptions, {broken.Count} broken promises, "
                + $"{clock.Elapsed.TotalSeconds:N0} s"));
        Assert.True(broken.IsEmpty, string.Join("\n", broken));
    }
}
