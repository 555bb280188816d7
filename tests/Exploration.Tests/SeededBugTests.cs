using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration;

/// <summary>An explorer that finds nothing in a broken gateway proves nothing about a sound one.</summary>
public sealed class SeededBugTests(ITestOutputHelper output)
{
    private static readonly Bound Bound = new(2, 2, 2);

    public static TheoryData<string> Names { get; } = [.. SeededBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seeded_bug_is_found(string name)
    {
        var bug = SeededBugs.All.Single(seeded => seeded.Name == name);
        CallWorld Begin() => new(Scenarios.Named(bug.Scenario), bug);

        var findings = new Explorer(Begin, Bound).Explore();

        output.WriteLine($"{name}, {bug.Scenario}: {findings}");
        Assert.NotEmpty(findings.Failures);
        output.WriteLine(Shrinker.Shrink(Begin, findings.Failures[0]).ToString());
    }
}
