using System.Text;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>Changes inputs in the ways in which parsers are broken; the same seed gives the same changes.</summary>
internal sealed class InputMutator(int seed, IReadOnlyList<string> words)
{
    public const int Longest = 8 * 1024;

    /// <summary>What breaks parsers of any grammar: ends, bounds, halves of characters, other digits.</summary>
    private static readonly byte[][] Spikes =
    [
        [], [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [(byte)'\n'], [(byte)'\r', (byte)'\n'],
        .. new[]
        {
            "%", "%0", "%00", "+", "&", "=", "\\ud800", "\\u0000", "-1", "1e400", "9223372036854775808", "-9223372036854775809", "\u0663",
            "\u202e", "null", "[]", "{}", "\"\"", "[[[[[[[[", "{\"a\":",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly Random random = new(seed);
    private readonly byte[][] pieces = [.. Spikes, .. words.Select(Encoding.UTF8.GetBytes)];

    public T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>One to eight changes of an input; <paramref name="other"/> lends parts.</summary>
    public byte[] Change(byte[] input, byte[] other)
    {
        var changed = input;
        for (var change = random.Next(1, 9); change > 0; change--)
        {
            changed = ChangeOnce(changed, other);
        }

        return changed.Length <= Longest ? changed : changed[..Longest];
    }

    private byte[] ChangeOnce(byte[] input, byte[] other)
    {
        var at = random.Next(input.Length + 1);
        var end = random.Next(4) == 0 ? random.Next(at, input.Length + 1) : Math.Min(input.Length, at + random.Next(17));
        return random.Next(9) switch
        {
            0 => [.. input[..at], .. Pick(pieces), .. input[at..]],
            1 => [.. input[..at], .. Pick(pieces), .. input[end..]],
            2 => [.. input[..at], .. input[end..]],
            3 => [.. input[..end], .. input[at..]],
            4 => [.. input[..at], .. Enumerable.Repeat(input[at..end], random.Next(2, 200)).SelectMany(piece => piece), .. input[end..]],
            5 => [.. input[..at], .. other[random.Next(other.Length + 1)..]],
            6 => [.. input[..at], (byte)random.Next(256), .. input[at..]],
            7 when at < input.Length => [.. input[..at], (byte)(input[at] ^ (1 << random.Next(8))), .. input[(at + 1)..]],
            _ => [.. input[..at], .. Digits(), .. input[end..]],
        };
    }

    private byte[] Digits()
    {
        var number = $"{random.NextInt64(long.MinValue, long.MaxValue):D}";
        return Encoding.ASCII.GetBytes(number[..Math.Min(number.Length, random.Next(1, 21))]);
    }
}
