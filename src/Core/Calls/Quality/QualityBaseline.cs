using System.Collections.Immutable;

namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>
/// What one measure of a leg was like lately, and whether it is too high just now. A function of the values in their order and of nothing
/// else.
/// </summary>
public sealed record QualityBaseline
{
    /// <summary>Nothing was measured.</summary>
    public static QualityBaseline None { get; } = new();

    /// <summary>Whether a spike was warned of and is not over.</summary>
    public bool IsRaised { get; private init; }

    private ImmutableArray<double> Values { get; init; } = [];

    private int Over { get; init; }

    private int Calm { get; init; }

    /// <summary>The baseline after one more value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rule">The measure's rule.</param>
    /// <returns>The baseline, and the spike that the value makes certain; <c>null</c> where it makes none, or one that was told.</returns>
    public (QualityBaseline Baseline, QualitySpike? Spike) Next(double value, QualityRule rule)
    {
        var next = this with { Values = [.. Values.Length < QualityRule.Window ? Values : Values.RemoveAt(0), value] };
        if (Values.Length < rule.Learns)
        {
            return (next, null);
        }

        var median = MedianOf(Values);
        var spread = QualityRule.NormalSpread * MedianOf(Values.Select(known => Math.Abs(known - median)));
        var margin = Math.Max(QualityRule.Deviations * spread, rule.Margin);
        if (IsRaised)
        {
            var calm = value <= median + (margin / 2) ? Calm + 1 : 0;
            return (next with { Calm = calm, IsRaised = calm < rule.Calms }, null);
        }

        var over = value > median + margin && value >= rule.AtLeast ? Over + 1 : 0;
        return over >= rule.Confirms
            ? (next with { Over = 0, Calm = 0, IsRaised = true }, new QualitySpike(value, median))
            : (next with { Over = over, Calm = 0 }, null);
    }

    private static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
