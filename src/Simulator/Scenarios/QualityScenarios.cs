using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls whose agents report what they measure.</summary>
internal static class QualityScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("network-jitter-warned", "The network is bad for six seconds: one warning of jitter, one of loss; silence causes none.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { Network = new() }),
            Call = network => network.Twilio.CallAsync(
                new Caller("+15550101234", "+15550100") { Stays = TimeSpan.FromSeconds(70) }),
            Expect = result => [.. HeardAgent(result), .. OneAgentSent(result), .. WarnedOnceEach(result)],
        },
    ];

    private static IEnumerable<string> WarnedOnceEach(ScenarioResult result) =>
        result.Rooms.SelectMany(room => room.QualityWarnings).Order(StringComparer.Ordinal).ToList() is ["jitter", "loss"]
            ? []
            : [$"the agent was warned of {string.Join(", ", result.Rooms.SelectMany(room => room.QualityWarnings))}"];
}
