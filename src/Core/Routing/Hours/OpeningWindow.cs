namespace VoiceFunctions.Core.Routing.Hours;

/// <summary>A window of the week.</summary>
/// <param name="Days">The days on which it begins.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">
/// When it is over; <c>null</c> at midnight, at the day's end. Not later than <paramref name="From"/> is the next day.
/// </param>
public sealed record OpeningWindow(IReadOnlySet<DayOfWeek> Days, TimeOnly From, TimeOnly? To)
{
    /// <summary>Whether it is open on a date at a time. A window that would begin on a closed date does not.</summary>
    internal bool IsOpen(DateOnly today, TimeOnly time, IReadOnlySet<DateOnly> closed)
    {
        var endsToday = To is null || To > From;
        return (Days.Contains(today.DayOfWeek) && time >= From && (!endsToday || To is null || time < To))
            || (!endsToday && time < To && BeganOn(today.AddDays(-1)));

        bool BeganOn(DateOnly date) => Days.Contains(date.DayOfWeek) && !closed.Contains(date);
    }
}
