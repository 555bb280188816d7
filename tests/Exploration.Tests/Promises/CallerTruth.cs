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

    /// <summary>Since when a human was heard, if one ever was.</summary>
    private DateTimeOffset? HumanFrom { get; set; }

    /// <summary>Whether a human talked and went, and whoever is heard now came after that human picked up.</summary>
    public bool HumanHasGone { get; private set; }

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
        HumanFrom ??= inside && room.Inside.Exists(guest => guest.IsHumanHeard) ? now : null;
        HumanHasGone = HumanFrom is { } from
            && room.Inside.TrueForAll(guest => !guest.IsHumanHeard && (!guest.IsHeard || IsAfter(guest, from)));
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

    private static bool IsAfter(ModelGuest guest, DateTimeOffset when) => guest.JoinedAtMs > when.ToUnixTimeMilliseconds();

    public ulong Print() => Fingerprint.Of(
        Fingerprint.Of(JoinedAt),
        Fingerprint.Of(LeftAt),
        Fingerprint.Of(HeardUntil),
        Fingerprint.Of(HeardFrom),
        Fingerprint.Of(HumanFrom),
        (HeardHuman ? 1UL : 0) + (HumanHasGone ? 2UL : 0),
        (ulong)LongestGap.Ticks);
}
