using System.Globalization;

namespace VoiceFunctions.Core.Limits;

/// <summary>
/// The requests of the last window, counted in slices of a sixtieth of it. The oldest slice that reaches into the window counts as a
/// whole: so there are never more requests in a window than its limit, and one is refused for a slice longer than need be at most.
/// </summary>
internal sealed class SlidingWindow
{
    /// <summary>Into how many slices a window is cut.</summary>
    public const int Slices = 60;

    private readonly RequestLimit limit;
    private readonly long now;
    private readonly long length;
    private readonly List<(long Slice, int Count)> counts;

    private SlidingWindow(RequestLimit limit, long now, long length, List<(long Slice, int Count)> counts) =>
        (this.limit, this.now, this.length, this.counts) = (limit, now, length, counts);

    /// <summary>How many more requests there may be now.</summary>
    public int Free => Math.Max(0, limit.Requests - counts.Sum(slice => slice.Count));

    /// <summary>How long until the oldest counted slice leaves the window; nothing where none is counted.</summary>
    public TimeSpan FreesAfter => counts.Count == 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(((counts[0].Slice + Slices + 1) * length) - now);

    /// <summary>Until when the text is needed.</summary>
    public DateTimeOffset Expires => new(now + limit.Window.Ticks + length, TimeSpan.Zero);

    /// <summary>Reads a window as it stands at a time.</summary>
    public static SlidingWindow Read(string text, RequestLimit limit, DateTimeOffset at)
    {
        var (now, length) = (at.UtcTicks, Math.Max(1, limit.Window.Ticks / Slices));
        var oldest = (now / length) - Slices;
        var counts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(slice => slice.Split(':'))
            .Where(parts => parts[0] == Text(length))
            .Select(parts => (Slice: Number(parts[1]), Count: (int)Number(parts[2])))
            .Where(slice => slice.Slice >= oldest)
            .OrderBy(slice => slice.Slice)
            .ToList();
        return new SlidingWindow(limit, now, length, counts);
    }

    /// <summary>The window with some more requests now.</summary>
    public SlidingWindow Add(int requests)
    {
        var slice = now / length;
        var before = counts.Where(counted => counted.Slice == slice).Sum(counted => counted.Count);
        List<(long Slice, int Count)> added =
        [
            .. counts.Where(counted => counted.Slice != slice)
                .Append((Slice: slice, Count: before + requests))
                .OrderBy(counted => counted.Slice),
        ];
        return new SlidingWindow(limit, now, length, added);
    }

    /// <summary>The window as text. The slices' length stands with them: under another limit they would be other times.</summary>
    public string Write() => string.Join(' ', counts.Select(slice => $"{Text(length)}:{Text(slice.Slice)}:{Text(slice.Count)}"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
