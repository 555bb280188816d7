namespace VoiceFunctions.Core.Routing.Hours;

/// <summary>
/// When somebody is there: windows of the week by the clocks of a place. Summer time is that place's; an hour that it repeats is in a
/// window both times, and one that it skips never comes.
/// </summary>
/// <param name="zone">The place's time zone.</param>
/// <param name="windows">The windows. None at all is never.</param>
/// <param name="closed">Dates on which nobody is there: not from midnight to midnight, and not in a window that begins on them.</param>
public sealed class WeeklyHours(TimeZoneInfo zone, IReadOnlyList<OpeningWindow> windows, IReadOnlySet<DateOnly> closed)
{
    /// <summary>Whether somebody is there at a time.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var (today, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        return !closed.Contains(today) && windows.Any(window => window.IsOpen(today, time, closed));
    }
}
