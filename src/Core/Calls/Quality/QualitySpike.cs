namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>A measure that is too high.</summary>
/// <param name="Value">The value that made it certain.</param>
/// <param name="Baseline">The median of the values before it.</param>
public sealed record QualitySpike(double Value, double Baseline);
