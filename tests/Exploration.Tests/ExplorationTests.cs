using System.Diagnostics;
using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration;

public sealed class ExplorationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("trunk", 1, 0, 1)]
    [InlineData("trunk", 0, 1, 1)]
    [InlineData("trunk", 1, 1, 1)]
    [InlineData("trunk2", 1, 1, 1)]
    [InlineData("twilio", 1, 1, 1)]
    [InlineData("twilio2", 1, 1, 1)]
    public void Every_promise_is_kept(string scenario, int faults, int switches, int total)
    {
        CallWorld Begin() => new(Scenarios[scenario], Bug.None);
        var clock = Stopwatch.StartNew();
        var findings = new Explorer(Begin, new Bound(faults, switches, total)).Explore(60);

        foreach (var failure in findings.Failures)
        {
            output.WriteLine(Shrinker.Shrink(Begin, failure).ToString());
        }

        output.WriteLine($"{scenario}: {findings} in {clock.Elapsed}");
        Assert.Empty(findings.Failures);
    }

    private static readonly Dictionary<string, Scenario> Scenarios = new()
    {
        ["trunk"] = new Scenario("trunk", 1),
        ["trunk2"] = new Scenario("trunk2", 2),
        ["twilio"] = new Scenario("twilio", 1) { IsAnnounced = true },
        ["twilio2"] = new Scenario("twilio2", 2) { IsAnnounced = true },
    };
}
