using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Promises;

/// <summary>What the caller really went through.</summary>
internal sealed class CallerTruth
{
    public DateTimeOffset? JoinedAt { get; private set; }

    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>Until when an agent could be heard; the end of time while one can.</summary>
    public DateTimeOffset? HeardUntil { get; private set; }

    /// <summary>Since when, where that is so.</summary>
    public DateTimeOffset? HeardFrom { get; private set; }

    public bool IsInside => JoinedAt is not null && LeftAt is null;

    public void Look(ModelRoom room, DateTimeOffset now)
    {
        var inside = room.Callers.Any();
        JoinedAt ??= inside ? now : null;
        LeftAt = inside ? null : JoinedAt is null ? null : LeftAt ?? now;
        if (inside && (room.Agents.Any(agent => agent.HasAudio) || room.Humans.Any(human => human.HasAnswered)))
        {
            HeardFrom = HeardUntil == DateTimeOffset.MaxValue ? HeardFrom : now;
            HeardUntil = DateTimeOffset.MaxValue;
        }
        else if (HeardUntil == DateTimeOffset.MaxValue)
        {
            HeardUntil = now;
        }
    }

    public ulong Print() =>
        Fingerprint.Of(Fingerprint.Of(JoinedAt), Fingerprint.Of(LeftAt), Fingerprint.Of(HeardUntil), Fingerprint.Of(HeardFrom));
}
