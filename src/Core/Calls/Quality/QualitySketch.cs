using System.Collections.Immutable;
using System.Globalization;

namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>
/// How often values of which size came, in classes that grow by a tenth: so quantiles are known to a twentieth of themselves, and sketches
/// of several periods add up in any order.
/// </summary>
public sealed class QualitySketch
{
    /// <summary>Nothing was counted.</summary>
    public static QualitySketch None { get; } = new(ImmutableSortedDictionary<int, long>.Empty);

    /// <summary>Up to here, in seconds or as a share, everything counts as nothing.</summary>
    private const double Least = 0.0001;

    private const double Growth = 1.1;

    /// <summary>The last class begins beyond three hours.</summary>
    private const int LastClass = 200;

    private readonly ImmutableSortedDictionary<int, long> counts;

    private QualitySketch(ImmutableSortedDictionary<int, long> counts) => this.counts = counts;

    /// <summary>How many values were counted.</summary>
    public long Count => counts.Values.Sum();

    /// <summary>The sketch with one more value.</summary>
    public QualitySketch Add(double value) => With(ClassOf(value), 1);

    /// <summary>The sketch of everything that either counted.</summary>
    public QualitySketch Add(QualitySketch other) => other.counts.Aggregate(this, (sum, some) => sum.With(some.Key, some.Value));

    /// <summary>
    /// The value below which that share of the values is, to a twentieth of itself; 0 where nothing was counted.
    /// </summary>
    public double Quantile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        foreach (var (index, count) in counts)
        {
            seen += count;
            if (seen >= rank)
            {
                return MiddleOf(index);
            }
        }

        return 0;
    }

    /// <summary>The sketch as it is stored: <c>class:count</c>, separated by spaces.</summary>
    public override string ToString() =>
        string.Join(' ', counts.Select(some => string.Create(CultureInfo.InvariantCulture, $"{some.Key}:{some.Value}")));

    /// <summary>Reads what <see cref="ToString"/> gave. What is none of it is passed over.</summary>
    public static QualitySketch Parse(string text)
    {
        var sketch = None;
        foreach (var some in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = some.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0
                && int.TryParse(some.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && long.TryParse(some.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && index <= LastClass)
            {
                sketch = sketch.With(index, count);
            }
        }

        return sketch;
    }

    private QualitySketch With(int index, long count) => new(counts.SetItem(index, counts.GetValueOrDefault(index) + count));

    private static int ClassOf(double value) =>
        value <= Least ? 0 : Math.Min(LastClass, 1 + (int)Math.Ceiling(Math.Log(value / Least, Growth) - 1e-9));

    private static double MiddleOf(int index) => index == 0 ? 0 : Least * Math.Pow(Growth, index - 1) * 2 / (1 + Growth);
}
