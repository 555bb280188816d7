using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Engine.Tests.World;

/// <summary>
/// The scenarios of the engine's tests: those that everybody can play, and one that needs jobs of a kind that no example has.
/// </summary>
internal static class Scenarios
{
    public const string SurplusAgent = "surplus-agent";

    private static readonly Scenario TwoThatDoNotAsk = new(SurplusAgent, "LiveKit starts the job twice, and neither asks for its lease.")
    {
        Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Twice with { AsksForLease = false }),
        Call = Named("answered").Call,
    };

    /// <summary>
    /// Whether it is what the scenario is about: that there are two agents for a moment. That one of them goes is proven like anything
    /// else.
    /// </summary>
    public static bool IsPlot(Scenario scenario, string broken) =>
        scenario.Name == SurplusAgent && broken.StartsWith("2 agents at a time", StringComparison.Ordinal);

    public static Scenario Named(string name) =>
        name == SurplusAgent ? TwoThatDoNotAsk : ScenarioCatalog.All.Single(scenario => scenario.Name == name);
}
