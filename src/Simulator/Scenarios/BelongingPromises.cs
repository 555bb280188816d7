using VoiceFunctions.Simulator.GroundTruth;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>
/// What a gateway promises to everybody who is not its own: other people's rooms and agents, and the humans who talk with its callers;
/// judged by what the network saw.
/// </summary>
public static class BelongingPromises
{
    /// <summary>How long a human whom the gateway dialled may stay on the line after it was told that the caller went.</summary>
    public static TimeSpan ReleasedWithin { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The promises that were not kept, in words without phone numbers; none where all is well.</summary>
    /// <param name="rooms">Every room session, other people's too.</param>
    /// <param name="slack">How much slower than in a simulated time everything may be.</param>
    public static IEnumerable<string> Broken(IEnumerable<RoomTruth> rooms, TimeSpan slack) =>
        from room in rooms
        from broken in Broken(room, slack)
        select NetworkLog.Mask(broken);

    private static IEnumerable<string> Broken(RoomTruth room, TimeSpan slack)
    {
        if (room.Touches.Count > 0)
        {
            yield return $"somebody else's room {room.Name} was not left alone: {string.Join(", ", room.Touches.Distinct())}";
        }

        foreach (var other in room.Others.Where(other => other.PutOutAt is not null))
        {
            yield return $"{other.Identity}, who is not the gateway's, was put out of the room {room.Name}";
        }

        if (room.SentToPeople > 0)
        {
            yield return $"an agent was sent into the room {room.Name} while people talked there";
        }

        foreach (var identity in room.DeletedUnder)
        {
            yield return $"the room {room.Name} was deleted under {identity}";
        }

        if (room.CallerLeftToldAt is not { } told || room.Others.Any(other => other is { Part: TruePart.Human, HeardAt: not null }))
        {
            yield break;
        }

        foreach (var human in room.Others.Where(other => other.Part == TruePart.OurHuman))
        {
            var gone = human.LeftAt ?? room.FinishedAt;
            if (gone is null || gone - told > ReleasedWithin + slack)
            {
                yield return $"{human.Identity} was left on the line in the room {room.Name} after the caller had gone";
            }
        }
    }
}
