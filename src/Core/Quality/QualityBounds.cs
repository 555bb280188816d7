using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Quality;

/// <summary>
/// How much of what is reported becomes facts, so that no report fills a call. It is read from what the journal holds, so it is the same
/// for any number of processes.
/// </summary>
internal static class QualityBounds
{
    /// <summary>How many periods of a leg are stored at most.</summary>
    public const int MaxPeriodsOfLeg = 64;

    /// <summary>How many periods of a call are stored at most.</summary>
    public const int MaxPeriods = 256;

    /// <summary>How many spikes of a leg's measure are warned of at most.</summary>
    public const int MaxWarningsOfMeasure = 5;

    /// <summary>How many spikes of a call are warned of at most.</summary>
    public const int MaxWarnings = 40;

    /// <summary>How long after the end reports are taken: the last one is sent when the agent has left.</summary>
    public static TimeSpan AfterEnd { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A spike that comes so soon after a warning is the same one, as another process saw it.</summary>
    public static TimeSpan OneSpike { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The first periods of a leg are so long; each later one is longer than that before it by an eighth of the whole.</summary>
    private static readonly TimeSpan FirstPeriod = TimeSpan.FromSeconds(30);

    private const int FirstPeriods = 8;

    /// <summary>Whether one more period of a leg may be stored at all.</summary>
    public static bool MayStore(CallState state, string legSid) =>
        state.Quality.Measured.Count() < MaxPeriods && PeriodsOf(state, legSid) < MaxPeriodsOfLeg;

    /// <summary>Whether the next period of a leg is over.</summary>
    public static bool IsDue(CallState state, LegState leg, DateTimeOffset now)
    {
        var stored = PeriodsOf(state, leg.Sid);
        var next = stored < FirstPeriods
            ? FirstPeriod * (stored + 1)
            : FirstPeriod * FirstPeriods * Math.Pow(1 + (1.0 / FirstPeriods), stored - FirstPeriods + 1);
        return now - leg.Since >= next;
    }

    private static int PeriodsOf(CallState state, string legSid) => state.Quality.Measured.Count(measured => measured.LegSid == legSid);
}
