using System.Security.Cryptography;
using VoiceFunctions.Core.Calls.Quality;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.Core.Quality;

/// <summary>
/// What this process was told of one leg and has not stored yet, and the leg's baselines. Whatever it forgets is learnt anew: facts are few
/// because of it, and nothing else depends on it.
/// </summary>
internal sealed class LegMonitor
{
    /// <summary>
    /// How many packets a second there are at least while somebody is heard: a frame is 60 ms at most. In silence Opus sends one in 400 ms,
    /// or none.
    /// </summary>
    private const double LeastPackets = 10;

    /// <summary>How many streams of a leg are told apart, and how many turns wait for their other parts.</summary>
    private const int MaxStreams = 32;

    private const int MaxTurns = 16;

    private static readonly string[] PartsOfLatency = [QualityMeasure.TurnEnd, QualityMeasure.FirstToken, QualityMeasure.FirstByte];

    private readonly Lock gate = new();
    private readonly Dictionary<string, QualityBaseline> baselines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LastSeen> streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, double>> turns = new(StringComparer.Ordinal);
    private readonly Queue<string> oldestTurns = new();
    private readonly List<(string Measure, QualitySpike Spike)> spikes = [];
    private Dictionary<string, (QualitySketch Sketch, double Worst)> open = new(StringComparer.Ordinal);
    private (string Id, IReadOnlyList<QualityTally> Tallies)? closed;

    /// <summary>The spikes that were not settled yet, the oldest first.</summary>
    public IReadOnlyList<(string Measure, QualitySpike Spike)> Spikes
    {
        get
        {
            lock (gate)
            {
                return [.. spikes];
            }
        }
    }

    /// <summary>Takes a report in. Entries that came before, and what silence says, are passed over.</summary>
    /// <param name="samples">The report's entries.</param>
    /// <param name="role">The leg's role, for the metrics.</param>
    /// <returns>How many values were taken from it.</returns>
    public int Take(IReadOnlyList<QualitySample> samples, string role)
    {
        lock (gate)
        {
            var count = 0;
            foreach (var (measure, value) in samples.SelectMany(ValuesOf))
            {
                count++;
                Measured(measure, value, role);
            }

            return count;
        }
    }

    /// <summary>A spike was stored, or need not be.</summary>
    public void Settle((string Measure, QualitySpike Spike) spike)
    {
        lock (gate)
        {
            spikes.Remove(spike);
        }
    }

    /// <summary>
    /// What is to be stored; the same again until <see cref="Stored"/>, so that a period whose storing failed is not stored twice.
    /// <c>null</c> where there is nothing.
    /// </summary>
    public (string Id, IReadOnlyList<QualityTally> Tallies)? Period()
    {
        lock (gate)
        {
            if (closed is null && open.Count > 0)
            {
                var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
                closed = (id,
                [
                    .. from measure in QualityMeasure.All
                       where open.ContainsKey(measure)
                       let counted = open[measure]
                       select new QualityTally(measure, counted.Sketch.ToString(), Math.Round(counted.Worst, 6)),
                ]);
                open = new(StringComparer.Ordinal);
            }

            return closed;
        }
    }

    /// <summary>A period was stored.</summary>
    public void Stored(string id)
    {
        lock (gate)
        {
            closed = closed?.Id == id ? null : closed;
        }
    }

    private void Measured(string measure, double value, string role)
    {
        var (baseline, spike) = baselines.GetValueOrDefault(measure, QualityBaseline.None).Next(value, QualityRule.Of(measure));
        baselines[measure] = baseline;
        if (spike is not null)
        {
            spikes.Add((measure, spike));
        }

        var (sketch, worst) = open.GetValueOrDefault(measure, (QualitySketch.None, 0));
        open[measure] = (sketch.Add(value), Math.Max(worst, value));
        if (measure == QualityMeasure.Loss)
        {
            GatewayMeter.QualityLoss.Record(value, new KeyValuePair<string, object?>("role", role));
        }
        else
        {
            GatewayMeter.QualityTime.Record(value, new("measure", measure), new("role", role));
        }
    }

    private IEnumerable<(string Measure, double Value)> ValuesOf(QualitySample sample) => sample switch
    {
        QualitySample.Turn turn => ValuesOf(turn),
        QualitySample.Stream stream => ValuesOf(stream),
        _ => [],
    };

    /// <summary>A part of a turn; with the last one the latency, which LiveKit defines as their sum.</summary>
    private List<(string Measure, double Value)> ValuesOf(QualitySample.Turn turn)
    {
        List<(string, double)> values = [(turn.Measure, turn.Seconds)];
        if (turn.Speech is not { Length: > 0 and <= 128 } speech || !PartsOfLatency.Contains(turn.Measure))
        {
            return values;
        }

        if (!turns.TryGetValue(speech, out var parts))
        {
            turns[speech] = parts = new(StringComparer.Ordinal);
            oldestTurns.Enqueue(speech);
            if (oldestTurns.Count > MaxTurns)
            {
                turns.Remove(oldestTurns.Dequeue());
            }
        }

        // A turn with tools has several answers of the model: the first one counts, and the sum once.
        if (parts.TryAdd(turn.Measure, turn.Seconds) && parts.Count == PartsOfLatency.Length)
        {
            values.Add((QualityMeasure.Latency, parts.Values.Sum()));
        }

        return values;
    }

    private List<(string Measure, double Value)> ValuesOf(QualitySample.Stream now)
    {
        var values = new List<(string, double)>();
        var before = streams.GetValueOrDefault(now.Key);
        if (before?.Sample.AtMs >= now.AtMs || (before is null && streams.Count >= MaxStreams))
        {
            return values;
        }

        // Fewer packets than before is another stream under the same name.
        var last = before?.Sample.Packets > now.Packets ? null : before?.Sample;
        var isHeard = last is { Packets: { } earlier } && now.Packets is { } later
            ? later - earlier >= LeastPackets * (now.AtMs - last.AtMs) / 1000
            : now.CountedBy is { } counter && streams.GetValueOrDefault(counter) is { IsHeard: true };
        streams[now.Key] = new LastSeen(now, isHeard);
        if (isHeard && now.Jitter is { } jitter)
        {
            values.Add((QualityMeasure.Jitter, jitter));
        }

        if (isHeard && (now.LostShare ?? ShareOf(last, now)) is { } share)
        {
            values.Add((QualityMeasure.Loss, share));
        }

        if (now.RoundTrip is { } delay && (now.RoundTrips is null || now.RoundTrips != last?.RoundTrips))
        {
            values.Add((QualityMeasure.Delay, delay));
        }

        return values;
    }

    private static double? ShareOf(QualitySample.Stream? last, QualitySample.Stream now)
    {
        if (last is not { Packets: { } earlier, Lost: { } lostBefore } || now is not { Packets: { } later, Lost: { } lostSince })
        {
            return null;
        }

        var lost = Math.Max(0, lostSince - lostBefore);
        var all = later - earlier + lost;
        return all > 0 ? (double)lost / all : null;
    }

    private sealed record LastSeen(QualitySample.Stream Sample, bool IsHeard);
}
