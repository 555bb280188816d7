using VoiceFunctions.Chaos.Calls;
using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Chaos;

public sealed class PlotsTests
{
    private static readonly ChaosOptions Options = new(2000, 5, 1, 2, FaultName.All);

    [Fact]
    public void The_same_seed_makes_the_same_calls_and_another_seed_others()
    {
        static IEnumerable<string> Told(ChaosOptions options) =>
            Plots.Of(options).Select(plan => $"{plan.Number} {plan.At} {plan.Plot} {plan.ViaTwilio} {plan.Caller} {plan.Aborts}");

        Assert.Equal(Told(Options), Told(Options));
        Assert.NotEqual(Told(Options), Told(Options with { Seed = 2 }));
    }

    [Fact]
    public void Calls_arrive_at_the_rate_that_was_asked_for_each_from_a_number_of_its_own()
    {
        var plans = Plots.Of(Options);

        Assert.Equal(Options.Calls / Options.Rate, plans[^1].At.TotalSeconds, 40.0);
        Assert.Equal(Options.Calls, plans.DistinctBy(plan => plan.Caller.From).Count());
        Assert.InRange(plans.Count(plan => plan.ViaTwilio), 900, 1100);
        Assert.Equal(plans.OrderBy(plan => plan.At), plans);
    }

    [Fact]
    public void Every_plot_comes_and_aborted_joins_only_where_they_are_asked_for()
    {
        var plots = Plots.Of(Options).CountBy(plan => plan.Plot).ToDictionary();
        var few = Plots.Of(Options with { Calls = 100 }).Select(plan => plan.Plot);

        Assert.Equal(14, plots.Count);
        Assert.InRange(plots["talks"], 790, 990);
        Assert.DoesNotContain("talks long", few);
        Assert.InRange(Plots.Of(Options).Count(plan => plan.Aborts), 2, 30);
        Assert.DoesNotContain(Plots.Of(Options with { Faults = FaultName.Parse("none")! }), plan => plan.Aborts);
    }

    [Fact]
    public void Some_calls_are_for_the_line_with_one_place_some_agents_use_tools_and_some_measure()
    {
        var plans = Plots.Of(Options);

        Assert.InRange(plans.Count(plan => plan.Caller.To == ScenarioCatalog.LimitedNumber), 60, 130);
        Assert.All(plans.Where(plan => plan.Caller.To == ScenarioCatalog.LimitedNumber), plan => Assert.True(plan.ViaTwilio));
        Assert.InRange(plans.Count(plan => plan.Agents.For(1).Tools.Count > 0), 200, 400);
        Assert.InRange(plans.Count(plan => plan.Agents.For(1).Network is not null), 30, 90);
    }
}
