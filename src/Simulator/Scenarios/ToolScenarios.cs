using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls whose agent uses the tools of a golf club.</summary>
internal static class ToolScenarios
{
    private static readonly Caller Golfer = new("+15550101234", "+15550100") { Stays = TimeSpan.FromSeconds(40) };

    private static readonly ToolStep Search =
        new(TimeSpan.FromSeconds(5), "searchTeeTimes", """{"date":"2026-01-06","players":2}""");

    private static readonly ToolStep SearchAgain = Search with { After = TimeSpan.FromSeconds(2) };

    private static readonly ToolStep Book =
        new(TimeSpan.FromSeconds(5), "bookTeeTime", """{"teeTimeId":"T-0900","players":2}""") { Askings = 3 };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("agent-uses-tool", "The agent looks for a tee time and books it; it asks three times, and the golf club books once.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { Tools = [Search, Book] }),
            Call = network => network.Twilio.CallAsync(Golfer),
            Expect = result => [.. HeardAgent(result), .. Told(result, "done", 4), .. BookedOnce(result)],
        },
        new("tool-backend-down", "The golf club's backend is down; each time, the agent gets a sentence to say.")
        {
            Arrange = network =>
            {
                network.GolfClub.IsDown = true;
                network.LiveKit.Agents = new(AgentBehaviour.Good with { Tools = [Search, SearchAgain, SearchAgain] });
            },
            Call = network => network.Twilio.CallAsync(Golfer),
            Expect = result => [.. HeardAgent(result), .. Told(result, "unavailable", 2, 1), .. Sentences(result)],
        },
    ];

    private static List<ToolTruth> ToolsOf(ScenarioResult result) => [.. result.Rooms.SelectMany(room => room.Tools)];

    private static IEnumerable<string> Told(ScenarioResult result, string outcome, int count, int others = 0)
    {
        var tools = ToolsOf(result);
        var told = tools.Count(tool => tool.Answer.Contains($"\"outcome\":\"{outcome}\"", StringComparison.Ordinal));
        return told >= count && tools.Count == count + others
            ? []
            : [$"the agent should have been told {outcome} {count} times: {string.Join(" ", tools.Select(tool => tool.Answer))}"];
    }

    /// <summary>Every answer about the booking is the same, to the letter.</summary>
    private static IEnumerable<string> BookedOnce(ScenarioResult result) =>
        ToolsOf(result).Where(tool => tool.Tool == Book.Tool).Select(tool => tool.Answer).Distinct().Count() == 1
            ? []
            : ["one booking had several answers"];

    private static IEnumerable<string> Sentences(ScenarioResult result) =>
        ToolsOf(result).TrueForAll(tool => tool.Answer.Contains("I cannot look at the tee times just now.", StringComparison.Ordinal))
            ? []
            : ["the agent was left without a sentence"];
}
