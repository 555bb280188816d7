using System.Numerics;

namespace VoiceFunctions.Bench.Load.Driving;

/// <summary>Counts microseconds in buckets that are less than one percent wide. Not for several threads at once.</summary>
internal sealed class LatencyHistogram
{
    private const int Bits = 7;
    private const int PerDoubling = 1 << Bits;
    private readonly long[] counts = new long[(64 - Bits) * PerDoubling];

    public long Count { get; private set; }

    /// <summary>Counts one.</summary>
    public void Add(long microseconds)
    {
        counts[IndexOf(Math.Max(0, microseconds))]++;
        Count++;
    }

    /// <summary>What this part of the values did not exceed, as the upper end of its bucket.</summary>
    public long ValueAt(double percent)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * percent / 100));
        var seen = 0L;
        for (var index = 0; index < counts.Length; index++)
        {
            seen += counts[index];
            if (seen >= wanted)
            {
                return UpperEndOf(index);
            }
        }

        return 0;
    }

    private static int IndexOf(long value)
    {
        if (value < PerDoubling)
        {
            return (int)value;
        }

        var shift = BitOperations.Log2((ulong)value) - Bits;
        return ((shift + 1) << Bits) + (int)((value >> shift) - PerDoubling);
    }

    private static long UpperEndOf(int index)
    {
        var doubling = index >> Bits;
        return doubling == 0 ? index : ((long)((index & (PerDoubling - 1)) + PerDoubling + 1) << (doubling - 1)) - 1;
    }
}
