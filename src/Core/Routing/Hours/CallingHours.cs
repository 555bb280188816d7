using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing.Hours;

/// <summary>
/// When somebody may be called: windows of the week by the clocks of whoever is called. Where their number may be in several time zones,
/// it has to be open in all of them.
/// </summary>
/// <param name="windows">The windows.</param>
/// <param name="otherwise">The time zone of numbers of which none is known.</param>
public sealed class CallingHours(IReadOnlyList<OpeningWindow> windows, TimeZoneInfo otherwise)
{
    /// <summary>A window comes once a week, and a day has its beginning on either side of it.</summary>
    private const int MostDays = 8;

    private static readonly HashSet<DateOnly> NoDates = [];

    /// <summary>Whether a number may be called at a time.</summary>
    /// <param name="at">The time.</param>
    /// <param name="number">The number in E.164.</param>
    public bool IsOpen(DateTimeOffset at, string number) => IsOpen(at, ZonesOf(number));

    /// <summary>
    /// The earliest time, from a time on, at which a number may be called; <c>null</c> where the windows of its time zones never meet.
    /// </summary>
    /// <param name="from">That time itself, where it is open then.</param>
    /// <param name="number">The number in E.164.</param>
    public DateTimeOffset? NextOpen(DateTimeOffset from, string number)
    {
        var zones = ZonesOf(number);
        return IsOpen(from, zones)
            ? from
            : zones.SelectMany(zone => Beginnings(from, zone))
                .Where(time => time > from && IsOpen(time, zones))
                .Min(time => (DateTimeOffset?)time);
    }

    private bool IsOpen(DateTimeOffset at, IReadOnlyList<TimeZoneInfo> zones) =>
        zones.All(zone => new WeeklyHours(zone, windows, NoDates).IsOpen(at));

    private IEnumerable<DateTimeOffset> Beginnings(DateTimeOffset from, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime);
        return
            from day in Enumerable.Range(0, MostDays)
            from window in windows
            let local = today.AddDays(day).ToDateTime(window.From)

            // A time that summer time skips begins an hour later.
            let time = zone.IsInvalidTime(local) ? local.AddHours(1) : local
            select new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(time, zone));
    }

    private IReadOnlyList<TimeZoneInfo> ZonesOf(string number) => NumberZones.Of(number) is { Count: > 0 } zones ? zones : [otherwise];
}
