using FsCheck;
using FsCheck.Fluent;

namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>What counts as a spike: by examples, and for whatever values may come.</summary>
public sealed class QualityBaselineTests
{
    private static readonly QualityRule Jitter = QualityRule.Of(QualityMeasure.Jitter);
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true);

    /// <summary>A quiet line: from 3 to 8 milliseconds.</summary>
    private static readonly Gen<double> Quiet = Gen.Choose(30, 80).Select(tenths => tenths / 10_000.0);

    [Fact]
    public void A_spike_is_told_once_however_long_it_lasts_short_of_the_window()
    {
        var plots = from quiet in Quiet.ArrayOf(40)
                    from high in Gen.Choose(60, 900).Select(value => value / 1000.0)
                    from length in Gen.Choose(2, 25)
                    from after in Quiet.ArrayOf(30)
                    select (double[])[.. quiet, .. Enumerable.Repeat(high, length), .. after];

        Prop.ForAll(plots.ToArbitrary(), plot => SpikesOf(plot).Count == 1).Check(Config);
    }

    [Fact]
    public void A_quiet_line_and_single_blips_tell_nothing()
    {
        var plots = from quiet in Quiet.ArrayOf(200)
                    from blip in Gen.Choose(1, 900).Select(value => value / 1000.0)
                    from place in Gen.Choose(0, 199)
                    select quiet.Select((value, index) => index == place ? blip : value).ToArray();

        Prop.ForAll(plots.ToArbitrary(), plot => SpikesOf(plot).Count == 0).Check(Config);
    }

    [Fact]
    public void What_harms_nobody_is_no_spike_whatever_came_before()
    {
        var plots = Gen.Choose(0, 299).Select(tenths => tenths / 10_000.0).ArrayOf(150);

        Prop.ForAll(plots.ToArbitrary(), plot => SpikesOf(plot).Count == 0).Check(Config);
    }

    [Fact]
    public void Between_two_warnings_there_are_as_many_values_as_confirm_one_and_calm_another()
    {
        var plots = Gen.Choose(0, 9_000).Select(value => value / 10_000.0).ArrayOf(400);

        Prop.ForAll(plots.ToArbitrary(), plot =>
        {
            var places = SpikesOf(plot).Select(spike => spike.Index).ToList();
            return places.Zip(places.Skip(1)).All(pair => pair.Second - pair.First >= Jitter.Confirms + Jitter.Calms);
        }).Check(Config);
    }

    [Fact]
    public void A_higher_spike_is_told_where_a_lower_one_is()
    {
        var plots = from quiet in Quiet.ArrayOf(40)
                    from height in Gen.Choose(1, 400).Select(value => value / 1000.0)
                    from more in Gen.Choose(0, 400).Select(value => value / 1000.0)
                    select (quiet, height, more);

        Prop.ForAll(plots.ToArbitrary(), plot =>
            SpikesOf([.. plot.quiet, plot.height, plot.height]).Count
                <= SpikesOf([.. plot.quiet, plot.height + plot.more, plot.height + plot.more]).Count).Check(Config);
    }

    [Fact]
    public void The_order_of_what_came_before_changes_nothing()
    {
        var plots = from quiet in Quiet.ArrayOf(QualityRule.Window)
                    from shuffled in Gen.Shuffle(quiet)
                    from height in Gen.Choose(1, 400).Select(value => value / 1000.0)
                    select (quiet, shuffled, height);

        Prop.ForAll(plots.ToArbitrary(), plot =>
            SpikesOf([.. plot.quiet, plot.height]).Count == SpikesOf([.. plot.shuffled, plot.height]).Count).Check(Config);
    }

    [Fact]
    public void Before_a_baseline_is_learnt_nothing_is_a_spike()
    {
        double[] plot = [.. Enumerable.Repeat(0.004, Jitter.Learns - 2), 0.5, 0.5];

        Assert.Empty(SpikesOf(plot));
        var spike = Assert.Single(SpikesOf([.. Enumerable.Repeat(0.004, Jitter.Learns), 0.5, 0.5]));
        Assert.Equal((Jitter.Learns + 1, new QualitySpike(0.5, 0.004)), spike);
    }

    [Fact]
    public void A_line_that_stays_bad_is_warned_of_once_and_becomes_its_own_baseline()
    {
        double[] bad = [.. Enumerable.Repeat(0.004, 60), .. Enumerable.Repeat(0.08, 200)];

        Assert.Single(SpikesOf(bad));
        Assert.Equal([0.08, 0.3], SpikesOf([.. bad, 0.3, 0.3]).Select(spike => spike.Spike.Value));
    }

    [Fact]
    public void A_second_spike_is_told_once_the_first_one_is_over()
    {
        double[] calm = [.. Enumerable.Repeat(0.004, 30)];
        double[] spike = [0.2, 0.2, 0.2];

        Assert.Equal(2, SpikesOf([.. calm, .. spike, .. calm, .. spike]).Count);
        Assert.Single(SpikesOf([.. calm, .. spike, .. calm[..(Jitter.Calms - 1)], .. spike]));
    }

    [Fact]
    public void Every_measure_has_a_rule() =>
        Assert.All(QualityMeasure.All, measure => Assert.InRange(QualityRule.Of(measure).AtLeast, 0.01, 10));

    private static List<(int Index, QualitySpike Spike)> SpikesOf(double[] values)
    {
        var spikes = new List<(int, QualitySpike)>();
        var baseline = QualityBaseline.None;
        for (var index = 0; index < values.Length; index++)
        {
            (baseline, var spike) = baseline.Next(values[index], Jitter);
            if (spike is not null)
            {
                spikes.Add((index, spike));
            }
        }

        return spikes;
    }
}
