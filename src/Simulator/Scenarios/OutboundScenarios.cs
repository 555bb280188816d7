using System.Text.Json.Nodes;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls that the gateway makes: a tenant asks for them over the API.</summary>
internal static class OutboundScenarios
{
    /// <summary>A line of ours whose route calls again, and leaves messages.</summary>
    public const string RedialNumber = "+15550100166";

    /// <summary>The same as a route.</summary>
    public const string Route = $$"""
        {"name":"campaign","number":"{{RedialNumber}}","whenMachine":"leave-message",
         "redial":{"on":["busy","no_answer","failed"],"attempts":2,"afterSeconds":60} }
        """;

    /// <summary>A line of ours whose route hangs up on machines, as a route.</summary>
    public const string MachineRoute = $$"""{"name":"humans only","number":"{{MachineNumber}}","whenMachine":"hang-up"}""";

    private const string MachineNumber = "+15550100165";
    private const string Callee = "+15550100155";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Human Answers = new() { Talks = TimeSpan.FromSeconds(30) };

    public static IReadOnlyList<Scenario> All { get; } = [.. Plots.Select(plot => plot with { IsAskedFor = true })];

    private static IReadOnlyList<Scenario> Plots =>
    [
        new("outbound-answered", "A phone is called for a tenant; the agent is there before it rings, they talk, the callee hangs up.")
        {
            Arrange = network => network.LiveKit.Callee = [Answers],
            Call = network => AskAsync(network),
            Expect = result => [.. Rang(result, 1), .. HeardAgent(result), .. OneAgentSent(result), .. SilentAtMost(result, 1)],
        },
        new("outbound-busy", "The phone is busy, and is not called again.")
        {
            Arrange = network => network.LiveKit.Callee = [Human.Busy],
            Call = network => AskAsync(network),
            Expect = result => [.. Rang(result, 1), .. NobodyAnswered(result)],
        },
        new("outbound-no-answer", "Nobody answers; a minute later the phone is called again, and somebody answers.")
        {
            Arrange = network => network.LiveKit.Callee = [Human.Away, Answers],
            Call = network => AskAsync(network, RedialNumber),
            Expect = result => [.. Rang(result, 2), .. HeardAgent(result), .. SilentAtMost(result, 1)],
        },
        new("outbound-voicemail", "A voicemail answers; the agent reports that, leaves its message, and reports that it has finished.")
        {
            Arrange = network =>
            {
                network.LiveKit.Callee = [Human.Voicemail with { Talks = TimeSpan.FromMinutes(3) }];
                network.LiveKit.Agents = new(AgentBehaviour.Good with { Verdict = "machine" });
            },
            Call = network => AskAsync(network, RedialNumber),
            Expect = result => [.. Rang(result, 1), .. HeardAgent(result), .. WasHungUpOn(result)],
        },
        new("outbound-machine-hung-up-on", "A voicemail answers, and the route says to hang up.")
        {
            Arrange = network =>
            {
                network.LiveKit.Callee = [Human.Voicemail with { Talks = TimeSpan.FromMinutes(3) }];
                network.LiveKit.Agents = new(AgentBehaviour.Good with { Verdict = "machine" });
            },
            Call = network => AskAsync(network, MachineNumber),
            Expect = result => [.. Rang(result, 1), .. WasHungUpOn(result)],
        },
        new("outbound-rejected", "The called person declines.")
        {
            Arrange = network => network.LiveKit.Callee = [new Human { AnswersAfter = null, RefusesWith = 603 }],
            Call = network => AskAsync(network),
            Expect = result => [.. Rang(result, 1), .. NobodyAnswered(result)],
        },
        new("outbound-unavailable", "The number does not exist.")
        {
            Arrange = network => network.LiveKit.Callee = [new Human { AnswersAfter = null, RefusesWith = 404 }],
            Call = network => AskAsync(network),
            Expect = result => [.. Rang(result, 1), .. NobodyAnswered(result)],
        },
        new("outbound-no-agent", "No agent comes, so no phone rings.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.NeverJoins),
            Call = network => AskAsync(network),
            Expect = result => Rang(result, 0),
        },
    ];

    private static Task<CallerExperience> AskAsync(PhoneNetwork network, string? from = null) =>
        network.Tenant.CallAsync(new JsonObject { ["to"] = Callee, ["from"] = from ?? network.Setup.TrunkNumber }, Patience);

    private static IEnumerable<string> Rang(ScenarioResult result, int times) =>
        result.Rooms.Sum(room => room.CalleeRang) is var rang && rang == times ? [] : [$"the phone rang {rang} times"];

    private static IEnumerable<string> NobodyAnswered(ScenarioResult result) =>
        result.Experience.End == CallEnd.Refused ? [] : ["somebody answered a phone that nobody can answer"];
}
