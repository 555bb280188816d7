namespace VoiceFunctions.Chaos.Measures;

/// <summary>Measured times.</summary>
internal sealed class Samples
{
    private readonly Lock gate = new();
    private readonly List<TimeSpan> times = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return times.Count;
            }
        }
    }

    /// <summary>One more.</summary>
    public void Add(TimeSpan time)
    {
        lock (gate)
        {
            times.Add(time);
        }
    }

    /// <summary>
    /// The smallest time that at least this share of all times does not exceed (nearest rank); 1 gives the longest.
    /// <c>null</c> where there is none.
    /// </summary>
    public TimeSpan? Percentile(double share)
    {
        lock (gate)
        {
            if (times.Count == 0)
            {
                return null;
            }

            var sorted = times.Order().ToList();
            return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
        }
    }
}
