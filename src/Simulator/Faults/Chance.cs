using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Simulator.Faults;

/// <summary>
/// All chance of a simulation, from one seed. Every purpose draws from a stream of its own, so that one more draw for one purpose
/// changes nothing for the others.
/// </summary>
public sealed class Chance(int seed)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Random> streams = [];

    /// <summary>What all of it comes from.</summary>
    public int Seed => seed;

    /// <summary>A number from 0 to 1, 1 excluded.</summary>
    public double Next(string purpose)
    {
        lock (gate)
        {
            return Stream(purpose).NextDouble();
        }
    }

    /// <summary>Whether something that happens with this probability happens now. Draws also where it cannot.</summary>
    public bool Happens(string purpose, double probability) => Next(purpose) < probability;

    /// <summary>A time up to, not including, the given one.</summary>
    public TimeSpan UpTo(string purpose, TimeSpan most) => Share(Next(purpose), most);

    /// <summary>Puts the items in another order.</summary>
    public void Shuffle<T>(string purpose, Span<T> items)
    {
        lock (gate)
        {
            Stream(purpose).Shuffle(items);
        }
    }

    /// <summary>A new id as LiveKit makes them: the prefix and random letters and digits.</summary>
    public string Id(string prefix, int length = 12)
    {
        lock (gate)
        {
            return prefix + Stream(prefix).GetString(Letters, length);
        }
    }

    /// <summary>A new id as Twilio makes them: the prefix and 32 hexadecimal digits.</summary>
    public string Sid(string prefix)
    {
        lock (gate)
        {
            return prefix + Stream(prefix).GetString("0123456789abcdef", 32);
        }
    }

    /// <summary>That part of a time, in whole milliseconds.</summary>
    internal static TimeSpan Share(double part, TimeSpan most) => TimeSpan.FromMilliseconds(Math.Floor(part * most.TotalMilliseconds));

    private Random Stream(string purpose)
    {
        if (!streams.TryGetValue(purpose, out var stream))
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{purpose}"));
            stream = new Random(BitConverter.ToInt32(hash));
            streams.Add(purpose, stream);
        }

        return stream;
    }
}
