using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration;

/// <summary>
/// An explorer that finds nothing in a broken gateway proves nothing about a sound one. <c>EXPLORE_BUG=text</c> plants only the bugs whose
/// names hold it.
/// </summary>
public sealed class SeededBugTests(ITestOutputHelper output)
{
    private static readonly Bound Bound = new(2, 2, 2);
    private static readonly string Only = Environment.GetEnvironmentVariable("EXPLORE_BUG") ?? "";

    private static IEnumerable<Bug> Bugs => SeededBugs.All.Where(bug => bug.Name.Contains(Only, StringComparison.Ordinal));

    [Fact]
    public void Every_seeded_bug_is_found_and_told_in_a_minimal_script_that_breaks_nothing_without_it()
    {
        var clock = Stopwatch.StartNew();
        var missed = new ConcurrentBag<string>();
        Parallel.ForEach(Partitioner.Create(Bugs, EnumerablePartitionerOptions.NoBuffering), bug =>
        {
            CallWorld Begin() => new(ExploredScenarios.Named(bug.Scenario), bug);

            var findings = new Explorer(Begin, Bound).Explore();
            if (findings.Failures is not [var failure])
            {
                missed.Add($"{bug}: not found; {findings}");
                return;
            }

            var script = string.Join("; ", Shrinker.Shrink(Begin, failure).Script);
            var broken = Replay(Begin(), script);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bug}, {bug.Scenario}: found in {findings.Runs:N0} runs: "
                + $"{broken}\n    {(script.Length > 0 ? script : "in the ordinary course")}"));
            if (broken is null || Replay(new CallWorld(ExploredScenarios.Named(bug.Scenario), Bug.None), script) is not null)
            {
                missed.Add($"{bug}: its script does not tell it: {script}");
            }
        });

        var planted = Bugs.Count();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{planted} seeded bugs planted, {planted - missed.Count} found, {clock.Elapsed.TotalSeconds:N0} s"));
        Assert.Empty(missed);
    }

    /// <summary>Replays a script by its names; gives the promise that it breaks.</summary>
    private static string? Replay(CallWorld world, string script)
    {
        Pilot.Fly(world, Deviation.Script(script), null);
        return world.Witness.Broken.FirstOrDefault();
    }
}
