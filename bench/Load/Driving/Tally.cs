using VoiceFunctions.Bench.Load.Traffic;
using VoiceFunctions.Bench.Load.Wire;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>What the answers to one run's requests were, and how long each took.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private readonly LatencyHistogram latencies = new();

    /// <summary>How many requests were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>How many of them as they should be: a valid one with 2xx, a voice webhook with a dial, a forged one with 4xx.</summary>
    public int Correct { get; private set; }

    /// <summary>How many valid webhooks were not taken at all, however often they were sent.</summary>
    public int ValidRefused { get; private set; }

    /// <summary>How many forged webhooks were taken.</summary>
    public int ForgedAccepted { get; private set; }

    /// <summary>Whether a valid webhook was taken.</summary>
    public static bool IsTaken(Shot shot, Reply reply) => reply.Status is >= 200 and < 300 && (shot.Step != Step.Voice || reply.HasDial);

    /// <summary>Counts one answer.</summary>
    /// <param name="shot">The request.</param>
    /// <param name="reply">Its answer.</param>
    /// <param name="latency">From when it was due.</param>
    /// <param name="isLastTry">Whether it will not be sent again.</param>
    public void Count(Shot shot, Reply reply, TimeSpan latency, bool isLastTry)
    {
        lock (gate)
        {
            Answered += reply.Status > 0 ? 1 : 0;
            latencies.Add((long)latency.TotalMicroseconds);
            if (shot.IsForged)
            {
                var isTaken = reply.Status is >= 200 and < 300;
                ForgedAccepted += isTaken ? 1 : 0;
                Correct += reply.Status is >= 400 and < 500 ? 1 : 0;
            }
            else if (IsTaken(shot, reply))
            {
                Correct++;
            }
            else if (isLastTry && !shot.IsRedelivery)
            {
                ValidRefused++;
            }
        }
    }

    /// <summary>The latency that this part of the requests did not exceed, in milliseconds.</summary>
    public double Percentile(double percent)
    {
        lock (gate)
        {
            return latencies.Count == 0 ? double.NaN : latencies.ValueAt(percent) / 1000.0;
        }
    }
}
