using VoiceFunctions.Core.Calls.Quality;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>What the periods of a call's quality reports add up to.</summary>
internal static class QualityQueries
{
    private const int Digits = 4;

    /// <summary>A line for each leg and measure, in the order in which the legs came.</summary>
    public static IReadOnlyList<CallQuality> Of(CallState state)
    {
        if (state.Quality.IsEmpty)
        {
            return [];
        }

        var tallies = state.Quality.Measured
            .SelectMany(measured => measured.Tallies.Select(tally => (measured.LegSid, Tally: tally)))
            .ToLookup(some => some.LegSid, some => some.Tally, StringComparer.Ordinal);
        return
        [
            .. from leg in tallies
               let known = state.Legs.Find(leg.Key)
               orderby known?.Since, leg.Key
               from measure in QualityMeasure.All
               where leg.Any(tally => tally.Measure == measure)
               select Line(state, leg.Key, measure, [.. leg.Where(tally => tally.Measure == measure)]),
        ];
    }

    private static CallQuality Line(CallState state, string legSid, string measure, List<QualityTally> tallies)
    {
        var sketch = tallies.Aggregate(QualitySketch.None, (sum, tally) => sum.Add(QualitySketch.Parse(tally.Counts)));
        var worst = tallies.Max(tally => tally.Worst);
        return new CallQuality(
            legSid,
            (state.Legs.Find(legSid)?.Role ?? Belonging.LegRole.Unknown).ToString().ToLowerInvariant(),
            measure,
            sketch.Count,
            Math.Round(Math.Min(sketch.Quantile(0.5), worst), Digits),
            Math.Round(Math.Min(sketch.Quantile(0.95), worst), Digits),
            Math.Round(worst, Digits))
        {
            Warnings = state.Quality.WarningsOf(legSid, measure).Count(),
        };
    }
}
