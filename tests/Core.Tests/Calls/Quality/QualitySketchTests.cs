using FsCheck;
using FsCheck.Fluent;

namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>A sketch adds up in any order, is read back as it was written, and knows quantiles to a twentieth.</summary>
public sealed class QualitySketchTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true);
    private static readonly Gen<double> Values = Gen.Choose(0, 2_000_000).Select(value => value / 100_000.0);

    [Fact]
    public void A_quantile_is_the_sorted_values_own_to_a_twentieth_of_it()
    {
        var samples = from values in Values.NonEmptyListOf()
                      from percent in Gen.Choose(1, 100)
                      select (values, percent);

        Prop.ForAll(samples.ToArbitrary(), sample =>
        {
            var sorted = sample.values.Order().ToList();
            var exact = sorted[(int)Math.Ceiling(sample.percent / 100.0 * sorted.Count) - 1];
            var told = SketchOf(sample.values).Quantile(sample.percent / 100.0);
            return (Math.Abs(told - exact) <= (exact / 20) + 0.0001).Label($"{told} for {exact}");
        }).Check(Config);
    }

    [Fact]
    public void Parts_add_up_to_the_whole_in_any_order()
    {
        var parts = from one in Values.ListOf()
                    from other in Values.ListOf()
                    select (one, other);

        Prop.ForAll(parts.ToArbitrary(), part =>
        {
            var (one, other) = (SketchOf(part.one), SketchOf(part.other));
            var whole = SketchOf([.. part.one, .. part.other]).ToString();
            return one.Add(other).ToString() == whole && other.Add(one).ToString() == whole;
        }).Check(Config);
    }

    [Fact]
    public void What_was_written_is_read_back() =>
        Prop.ForAll(Values.ListOf().ToArbitrary(), values =>
            QualitySketch.Parse(SketchOf(values).ToString()).ToString() == SketchOf(values).ToString()
            && SketchOf(values).Count == values.Count).Check(Config);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("-1:2 999:1 1:x")]
    public void What_is_no_sketch_counts_for_nothing(string text) => Assert.Equal(0, QualitySketch.Parse(text).Count);

    private static QualitySketch SketchOf(IEnumerable<double> values) =>
        values.Aggregate(QualitySketch.None, (sketch, value) => sketch.Add(value));
}
