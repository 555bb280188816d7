using System.Globalization;
using VoiceFunctions.Core.Routing.Hours;

namespace VoiceFunctions.Core.Routing;

/// <summary>Reads the hours of a route.</summary>
internal sealed class WeeklyHoursReader(ICollection<string> errors)
{
    private const string EndOfDay = "24:00";

    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Reads them; what is wrong is named with its place.</summary>
    /// <param name="json">The hours.</param>
    /// <param name="where">Their place.</param>
    public WeeklyHours Read(HoursJson json, string where)
    {
        if (json.Open is null)
        {
            errors.Add($"{where}.open: is missing; an empty list is never open");
        }

        var closed = (json.Except ?? []).Select((date, i) => Date(date, $"{where}.except[{i}]")).ToHashSet();
        return new WeeklyHours(Zone(json.TimeZone, $"{where}.timeZone"), Windows(json.Open, $"{where}.open"), closed);
    }

    /// <summary>Reads windows of the week.</summary>
    public IReadOnlyList<OpeningWindow> Windows(IReadOnlyList<WindowJson?>? json, string where) =>
        [.. (json ?? []).Select((window, i) => Window(window ?? new WindowJson(), $"{where}[{i}]"))];

    /// <summary>Reads a time zone.</summary>
    public TimeZoneInfo Zone(string? id, string where)
    {
        // Names of Windows, such as "UTC+1" or "Romance Standard Time", mean nothing elsewhere.
        if (id is { Length: > 0 } && (id == "UTC" || id.Contains('/', StringComparison.Ordinal))
            && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        errors.Add($"{where}: must be a time zone of the IANA database that this machine knows, such as Europe/Berlin");
        return TimeZoneInfo.Utc;
    }

    private OpeningWindow Window(WindowJson json, string where)
    {
        var (from, to) = (Time(json.From, $"{where}.from"), json.To == EndOfDay ? null : Time(json.To, $"{where}.to"));
        if (from is not null && from == to)
        {
            errors.Add($"{where}: must not end when it begins; a whole day is from 00:00 to {EndOfDay}");
        }

        return new OpeningWindow(Days(json.Days ?? [], $"{where}.days"), from ?? default, to);
    }

    private TimeOnly? Time(string? text, string where)
    {
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        errors.Add($"{where}: must be a time from 00:00 to 23:59, or {EndOfDay} at the end");
        return null;
    }

    private DateOnly Date(string? text, string where)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            errors.Add($"{where}: must be a date such as 2026-12-24");
        }

        return date;
    }

    /// <summary>Days, and ranges of them such as <c>mon-fri</c> or <c>sat-mon</c>.</summary>
    private HashSet<DayOfWeek> Days(IReadOnlyList<string> texts, string where)
    {
        var days = new HashSet<DayOfWeek>();
        foreach (var text in texts)
        {
            var ends = text.Split('-').Select(name =>
                Array.FindIndex(DayNames, day => day.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))).ToList();
            if (ends.Count > 2 || ends.Contains(-1))
            {
                days.Clear();
                break;
            }

            var length = (ends[^1] - ends[0] + DayNames.Length) % DayNames.Length;
            days.UnionWith(Enumerable.Range(ends[0], length + 1).Select(day => (DayOfWeek)(day % DayNames.Length)));
        }

        if (days.Count == 0)
        {
            errors.Add($"{where}: must be days, mon to sun, or ranges of them such as mon-fri");
        }

        return days;
    }
}
