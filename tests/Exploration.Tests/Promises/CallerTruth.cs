using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Promises;

/// <summary>What the caller really went through.</summary>
/// <param name="sid">Their leg.</param>
internal sealed class CallerTruth(string sid)
{
    public DateTimeOffset? JoinedAt { get; private set; }

    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>Whether a human, other than the route's, could be heard.</summary>
    public bool HeardHuman { get; private set; }

    /// <summary>The longest time in which nobody was heard after somebody had been.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>Until when somebody could be heard; the end of time while one can.</summary>
    public DateTimeOffset? HeardUntil { get; private set; }

    /// <summary>Since when, where that is so.</summary>
    public DateTimeOffset? HeardFrom { get; private set; }

    public bool IsInside => JoinedAt is not null && LeftAt is null;

    public void Look(ModelRoom room, DateTimeOffset now)
    {
        var inside = room.Callers.Any(caller => caller.Sid == sid && !caller.IsDead);
        JoinedAt ??= inside ? now : null;
        if (!inside && IsInside && HeardUntil is { } heard && now - heard > LongestGap)
        {
            LongestGap = now - heard;
        }

        LeftAt = inside ? null : JoinedAt is null ? null : LeftAt ?? now;
        HeardHuman |= inside && room.Inside.Exists(guest => guest.IsHumanHeard && guest.Kind != GuestKind.Human);
        if (inside && room.Inside.Exists(guest => guest.IsHeard))
        {
            if (HeardUntil != DateTimeOffset.MaxValue)
            {
                var gap = HeardUntil is { } until ? now - until : TimeSpan.Zero;
                LongestGap = gap > LongestGap ? gap : LongestGap;
                HeardFrom = now;
            }

            HeardUntil = DateTimeOffset.MaxValue;
        }
        else if (HeardUntil == DateTimeOffset.MaxValue)
        {
            HeardUntil = now;
        }
    }

    public ulong Print() => Fingerprint.Of(
        Fingerprint.Of(JoinedAt),
        Fingerprint.Of(LeftAt),
        Fingerprint.Of(HeardUntil),
        Fingerprint.Of(HeardFrom),
        HeardHuman ? 1UL : 0,
        (ulong)LongestGap.Ticks);
}
