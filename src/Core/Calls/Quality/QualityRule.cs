namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>
/// What counts as a spike of a measure: a value above its own baseline's median by <see cref="Deviations"/> times the baseline's spread,
/// and by <see cref="Margin"/> at least, that is no smaller than <see cref="AtLeast"/>.
/// </summary>
/// <param name="AtLeast">A smaller value harms nobody, whatever the baseline is.</param>
/// <param name="Margin">By how much a value is above the baseline at least: without any spread everything would be a spike.</param>
/// <param name="Learns">How many values are seen before one can be a spike.</param>
/// <param name="Confirms">How many values in a row have to be too high.</param>
/// <param name="Calms">How many values in a row end a spike that are above the median by no more than half of what makes one.</param>
public sealed record QualityRule(double AtLeast, double Margin, int Learns, int Confirms, int Calms)
{
    /// <summary>How many of the spread's units a spike is above the median.</summary>
    public const double Deviations = 6;

    /// <summary>How many of the newest values are the baseline.</summary>
    public const int Window = 60;

    /// <summary>What makes a median absolute deviation as large as the standard deviation of values that are normally spread.</summary>
    public const double NormalSpread = 1.4826;

    private static readonly Dictionary<string, QualityRule> Rules = new(StringComparer.Ordinal)
    {
        [QualityMeasure.Jitter] = OfNetwork(0.03, 0.02),
        [QualityMeasure.Loss] = OfNetwork(0.05, 0.03),
        [QualityMeasure.Delay] = OfNetwork(0.3, 0.15),
        [QualityMeasure.Latency] = OfTurns(2.5, 1),
        [QualityMeasure.TurnEnd] = OfTurns(1.5, 0.5),
        [QualityMeasure.FirstToken] = OfTurns(1.5, 0.5),
        [QualityMeasure.FirstByte] = OfTurns(1, 0.5),
    };

    /// <summary>The rule of a measure.</summary>
    public static QualityRule Of(string measure) => Rules[measure];

    /// <summary>Measured each second or so.</summary>
    private static QualityRule OfNetwork(double atLeast, double margin) => new(atLeast, margin, Learns: 20, Confirms: 2, Calms: 10);

    /// <summary>Measured once for each of the agent's turns.</summary>
    private static QualityRule OfTurns(double atLeast, double margin) => new(atLeast, margin, Learns: 5, Confirms: 1, Calms: 3);
}
