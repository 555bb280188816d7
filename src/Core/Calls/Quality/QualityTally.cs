namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>What was measured of one measure in some time. Its properties are stored: they never change.</summary>
/// <param name="Measure">One of <see cref="QualityMeasure"/>.</param>
/// <param name="Counts">A <see cref="QualitySketch"/> as text.</param>
/// <param name="Worst">The largest value.</param>
public sealed record QualityTally(string Measure, string Counts, double Worst);
