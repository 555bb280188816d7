using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.People;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;
using static VoiceFunctions.Simulator.Scenarios.Moments;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls that somebody ends over the gateway's API.</summary>
internal static class EndingScenarios
{
    private static readonly Caller Somebody = new("+15550101234", "+15550100") { Stays = TimeSpan.FromMinutes(5) };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("operator-ends", "An operator ends the call over the API, twice; the caller is disconnected at once, without a fallback.")
        {
            Call = network =>
            {
                InRoom(network, 20, room => _ = network.Time.Start(async () =>
                {
                    await network.Operator.EndAsync(room, CancellationToken.None);
                    await network.Operator.EndAsync(room, CancellationToken.None);
                }));
                return network.Twilio.CallAsync(Somebody);
            },
            Expect = result => [.. HeardAgent(result), .. WasHungUpOn(result), .. OnlyHeardAgents(result), .. SilentAtMost(result, 2)],
        },
        new("operator-ends-ringing", "An operator ends the call before the agent answers: the caller hears no fallback either.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.NeverJoins),
            Call = network =>
            {
                InRoom(network, 4, room => _ = network.Time.Start(() => network.Operator.EndAsync(room, CancellationToken.None)));
                return network.Twilio.CallAsync(Somebody with { Patience = TimeSpan.FromMinutes(2) });
            },
            Expect = result => OnlyHeardAgents(result),
        },
        new("operator-ends-and-stays", "An operator talks with the caller and ends the call: the caller is removed, the operator stays.")
        {
            NeedsEveryWebhook = true,
            Call = network =>
            {
                InRoom(network, 10, room => network.LiveKit.Come(room, new Visitor("operator-7") { Leaves = TimeSpan.FromSeconds(50) }));
                InRoom(network, 20, room => _ = network.Time.Start(() => network.Operator.EndAsync(room, CancellationToken.None)));
                return network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber });
            },
            Expect = result =>
            [
                .. HeardHuman(result),
                .. WasHungUpOn(result),
                .. result.Rooms.All(room => room.FinishedAt - room.CallerLeftAt > TimeSpan.FromSeconds(10))
                    ? []
                    : (string[])["the colleague was thrown out"],
            ],
        },
        new("no-new-calls", "The gateway takes no new calls: a caller of a SIP trunk is disconnected at once.")
        {
            NeedsEveryWebhook = true,
            GatewaySettings = new Dictionary<string, string> { [SettingNames.TelephonyEnabled] = "false" },
            Call = network =>
                network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber, Patience = TimeSpan.FromMinutes(2) }),
            Expect = result =>
            [
                .. result.Experience.Rang < TimeSpan.FromSeconds(5) ? [] : (string[])["the caller was left waiting"],
                .. result.Rooms.Sum(room => room.Dispatches) == 0 ? [] : (string[])["an agent was sent"],
            ],
        },
        new("no-new-calls-twilio", "The gateway takes no new calls: a caller from Twilio gets the human at once.")
        {
            Calls = 0,
            GatewaySettings = new Dictionary<string, string> { [SettingNames.TelephonyEnabled] = "false" },
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = result => [.. HeardHuman(result), .. result.Rooms.Count == 0 ? [] : (string[])["a room was opened"]],
        },
    ];

    private static IEnumerable<string> OnlyHeardAgents(ScenarioResult result) =>
        result.Experience.HeardHuman > TimeSpan.Zero || result.Experience.Heard.OfType<Heard.Message>().Any()
            ? ["a caller whose call was ended heard the fallback"]
            : [];
}
