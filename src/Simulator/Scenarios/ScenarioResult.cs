using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Receivers;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>How a scenario went.</summary>
/// <param name="Scenario">What was played.</param>
/// <param name="Experience">What the caller lived through.</param>
/// <param name="Rooms">Every room session that came of it, with the truth about it.</param>
/// <param name="Disagreements">Requests that Twilio made twice and that were answered differently.</param>
public sealed record ScenarioResult(
    Scenario Scenario, CallerExperience Experience, IReadOnlyList<RoomTruth> Rooms, IReadOnlyList<string> Disagreements)
{
    /// <summary>The system that heard of lifecycle events; <c>null</c> where the scenario has none.</summary>
    public EventReceiver? Receiver { get; init; }

    /// <summary>What the tenant found wrong when it looked at its calls.</summary>
    public IReadOnlyList<string> Complaints { get; init; } = [];

    /// <summary>How much slower than in a simulated time everything may be.</summary>
    public TimeSpan Slack { get; init; }

    /// <summary>How long the caller waited for an agent's audio; <c>null</c> where none came.</summary>
    public TimeSpan? CallerToAgentAudio => Rooms.Select(room => room.CallerToAgentAudio).FirstOrDefault(wait => wait is not null);

    /// <summary>Every promise that was not kept, in words; empty where all is well.</summary>
    public IReadOnlyList<string> Broken =>
    [
        .. NetworkPromises.Broken(Rooms, Experience, Slack),
        .. Disagreements.Select(disagreement => $"one request had two answers: {disagreement.Split(':')[0]}"),
        .. Complaints,
        .. Scenario.Expect(this),
    ];
}
