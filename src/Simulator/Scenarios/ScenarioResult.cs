using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Story;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>How a scenario went.</summary>
/// <param name="Scenario">What was played.</param>
/// <param name="Experience">What the caller lived through.</param>
/// <param name="Rooms">Every room session that came of it, with the truth about it.</param>
/// <param name="Disagreements">Requests that Twilio made twice and that were answered differently.</param>
public sealed record ScenarioResult(
    Scenario Scenario, CallerExperience Experience, IReadOnlyList<RoomTruth> Rooms, IReadOnlyList<string> Disagreements)
{
    /// <summary>How long the caller waited for an agent's audio; <c>null</c> where none came.</summary>
    public TimeSpan? CallerToAgentAudio => Rooms.Select(room => room.CallerToAgentAudio).FirstOrDefault(wait => wait is not null);

    /// <summary>Every promise that was not kept, in words; empty where all is well.</summary>
    public IReadOnlyList<string> Broken => [.. Promises(), .. Scenario.Expect(this)];

    private IEnumerable<string> Promises()
    {
        foreach (var room in Rooms)
        {
            if (room.FinishedAt is null)
            {
                yield return $"the room {NetworkLog.Mask(room.Name)} outlived its call";
            }

            if (room.MostAgentsLive > 1)
            {
                yield return $"{room.MostAgentsLive} agents at a time were in the room {NetworkLog.Mask(room.Name)}";
            }

            if (room.CallerJoinedAt is null)
            {
                yield return $"the room {NetworkLog.Mask(room.Name)} was opened for nobody";
            }
        }

        if (Experience.Heard.OfType<Heard.ApplicationError>().Any())
        {
            yield return "the caller heard that an application error has occurred";
        }

        foreach (var disagreement in Disagreements)
        {
            yield return $"one request had two answers: {disagreement.Split(':')[0]}";
        }
    }
}
