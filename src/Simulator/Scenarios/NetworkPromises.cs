using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>
/// What a gateway promises, judged by what the network and the caller really saw. Its other half, judged by what the gateway stored, is
/// <see cref="Core.Proofs.CallAuditor"/>.
/// </summary>
public static class NetworkPromises
{
    /// <summary>How long a caller may be in a room without anybody asking for an agent.</summary>
    public static TimeSpan AgentWithin { get; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an agent may be heard beside the human who takes its place: nothing tells that they picked up, so LiveKit is asked every
    /// 2 s, and a moment for putting the agent out.
    /// </summary>
    public static TimeSpan AgentSilentWithin { get; } = TimeSpan.FromSeconds(3);

    /// <summary>The promises that were not kept, in words without phone numbers; none where all is well.</summary>
    /// <param name="rooms">Every room session of the call, and those of other people.</param>
    /// <param name="caller">What the caller lived through.</param>
    /// <param name="slack">How much slower than in a simulated time everything may be.</param>
    public static IEnumerable<string> Broken(IReadOnlyList<RoomTruth> rooms, CallerExperience caller, TimeSpan slack = default)
    {
        foreach (var broken in BelongingPromises.Broken(rooms, slack))
        {
            yield return broken;
        }

        foreach (var room in rooms.Where(room => !room.IsForeign))
        {
            var name = NetworkLog.Mask(room.Name);
            if (room.FinishedAt is null)
            {
                yield return $"the room {name} outlived its call";
            }

            if (room.MostAgentsLive > 1)
            {
                yield return $"{room.MostAgentsLive} agents at a time were in the room {name}";
            }

            foreach (var again in room.Recordings.CountBy(recording => recording.Path).Where(path => path.Value > 1))
            {
                yield return $"the same was recorded {again.Value} times in the room {name}";
            }

            if (room.CutOff.Count > 0)
            {
                yield return $"the deletion of the room {name} cut a recording off";
            }

            if (room.SpokenOverHuman > AgentSilentWithin + slack)
            {
                yield return $"an agent spoke beside the human for {room.SpokenOverHuman.TotalSeconds:0.0} s in the room {name}";
            }

            if (room is { CallerJoinedAt: null, Others.Count: 0, IsAskedFor: false })
            {
                yield return $"the room {name} was opened for nobody";
            }

            if (room.CalleeRangForNobody > 0)
            {
                yield return $"a phone was called into the room {name} before an agent was there";
            }

            if (room.CalleeRang > 1)
            {
                yield return $"a phone was called {room.CalleeRang} times into one session of the room {name}";
            }

            if (room is { Dispatches: 0, AgentsJoined: 0 }
                && (room.CallerLeftAt ?? room.FinishedAt) - room.CallerJoinedAt > AgentWithin
                && !room.Others.Any(other => other is { Part: TruePart.Human, HeardAt: not null }))
            {
                yield return $"nobody sent an agent into the room {name}";
            }
        }

        if (caller.Heard.OfType<Heard.ApplicationError>().Any())
        {
            yield return "the caller heard that an application error has occurred";
        }
    }
}
