using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Quality;

/// <summary>The monitors of the legs of which this process was told lately; those that were quiet for longest are forgotten.</summary>
internal sealed class LegMonitors
{
    /// <summary>How many there are at most: each has some ten kilobytes.</summary>
    public const int MaxLegs = 1_000;

    private readonly Lock gate = new();
    private Dictionary<(CallId Call, string Leg), LegMonitor> recent = [];
    private Dictionary<(CallId Call, string Leg), LegMonitor> older = [];

    /// <summary>The monitor of a leg.</summary>
    public LegMonitor Of(CallId callId, string legSid)
    {
        lock (gate)
        {
            var key = (callId, legSid);
            if (recent.TryGetValue(key, out var monitor))
            {
                return monitor;
            }

            monitor = older.GetValueOrDefault(key) ?? new LegMonitor();
            if (recent.Count >= MaxLegs / 2)
            {
                (older, recent) = (recent, []);
            }

            return recent[key] = monitor;
        }
    }
}
