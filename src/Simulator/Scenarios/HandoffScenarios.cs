using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls whose agent asks for a human.</summary>
internal static class HandoffScenarios
{
    /// <summary>The queue of two humans.</summary>
    public const string Queue = "support";

    /// <summary>The one who is tried first.</summary>
    public const string FirstHuman = "+15550100181";

    /// <summary>The one who is tried next.</summary>
    public const string SecondHuman = "+15550100182";

    /// <summary>A number whose route leaves the agent in the room without a voice when the human comes.</summary>
    public const string MutedNumber = "+15550197";

    private const string Warm =
        $$"""{"reason":"customer_request","queue":"{{Queue}}","context":{"transcript":["Hello?"],"sentiment":"calm"} }""";
    private const string Cold = $$"""{"reason":"customer_request","queue":"{{Queue}}","mode":"cold"}""";

    private static readonly Caller Somebody = new("+15550101234", "+15550100") { Stays = Seconds(60) };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("warm-handoff", "The agent requests a human; the first is busy, the second joins the room, and the agent is removed.")
        {
            Arrange = network => Arrange(network, Warm, (FirstHuman, Human.Busy), (SecondHuman, Human.AtTheDesk)),
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber }),
            Expect = result =>
                [.. HeardAgent(result), .. HeardHuman(result), .. OneAgentSent(result), .. SilentAtMost(result, 1), .. Rang(result, 2)],
        },
        new("warm-handoff-muted", "A caller from Twilio is handed to a human; the agent stays in the room and is muted.")
        {
            Arrange = network => Arrange(network, Warm),
            Call = network => network.Twilio.CallAsync(Somebody with { To = MutedNumber }),
            Expect = result =>
            [
                .. HeardAgent(result), .. HeardHuman(result), .. OneAgentSent(result), .. SilentAtMost(result, 1), .. Rang(result, 1),
                .. result.Rooms.Any(room => room.Agents is [{ LeftAt: { } left }] && left < room.CallerLeftAt)
                    ? ["the agent did not stay"]
                    : (string[])[],
            ],
        },
        new("warm-handoff-nobody", "The agent requests a human, and nobody of the queue answers; the caller stays with the agent.")
        {
            Arrange = network => Arrange(network, Warm, (FirstHuman, Human.Away), (SecondHuman, Human.SwitchedOff)),
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber }),
            Expect = result => [.. TalkedWithTheAgent(result), .. Rang(result, 2)],
        },
        new("warm-handoff-agent-dies", "The agent dies while the human's phone rings; another agent talks until the human answers.")
        {
            Arrange = network =>
            {
                Arrange(network, Warm, (FirstHuman, new Human { AnswersAfter = Seconds(8) }));
                network.LiveKit.Agents = new(
                    AgentBehaviour.DyingAfter(Seconds(7)) with { AsksForHuman = Seconds(6), HandoffRequest = Warm, Renews = true },
                    AgentBehaviour.Good);
            },
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber }),
            Expect = result => [.. HeardAgent(result), .. HeardHuman(result)],
        },
        new("warm-handoff-caller-leaves", "The caller hangs up while the human's phone rings.")
        {
            Arrange = network => Arrange(network, Warm, (FirstHuman, new Human { AnswersAfter = Seconds(13) })),
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber, Stays = Seconds(12) }),
            Expect = result => result.Rooms.Any(room => room is { PhonesDialled: 1, PhoneAnsweredAt: null })
                ? HeardAgent(result)
                : ["no phone of a human rang in vain"],
        },
        new("warm-handoff-asked-twice", "The agent sends two requests at the same time; one human is called.")
        {
            Arrange = network =>
            {
                Arrange(network, Warm);
                network.LiveKit.Agents =
                    new(AgentBehaviour.Good with { AsksForHuman = Seconds(8), HandoffRequest = Warm, Askings = 2 });
            },
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber }),
            Expect = result => [.. HeardHuman(result), .. OneAgentSent(result), .. SilentAtMost(result, 1), .. Rang(result, 1)],
        },
        new("cold-transfer", "The agent transfers the caller with a SIP REFER: the trunk connects them with the human; the call ends.")
        {
            Arrange = network => Arrange(network, Cold),
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber }),
            Expect = result => [.. HeardAgent(result), .. HeardHuman(result), .. OneAgentSent(result), .. Rang(result, 0)],
        },
        new("cold-transfer-waits", "The trunk confirms the transfer only when the human has answered.")
        {
            Arrange = network =>
            {
                Arrange(network, Cold, (FirstHuman, new Human { AnswersAfter = Seconds(7) }));
                network.LiveKit.ReferWaits = true;
            },
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber }),
            Expect = result => [.. HeardAgent(result), .. HeardHuman(result), .. OneAgentSent(result), .. Rang(result, 0)],
        },
        new("cold-transfer-refused", "The trunk refuses the transfer; the caller stays with the agent.")
        {
            Arrange = network =>
            {
                Arrange(network, Cold);
                network.LiveKit.RefusesReferWith = 405;
            },
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber }),
            Expect = TalkedWithTheAgent,
        },
        new("cold-transfer-twilio", "The agent transfers a caller from Twilio: Twilio dials the human, and the call ends.")
        {
            NeedsCallControl = true,
            Arrange = network => Arrange(network, Cold),
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = result => [.. HeardAgent(result), .. HeardHuman(result), .. OneAgentSent(result), .. Rang(result, 0)],
        },
    ];

    private static void Arrange(PhoneNetwork network, string request, params (string Number, Human Human)[] humans)
    {
        network.LiveKit.Agents = new(AgentBehaviour.Good with { AsksForHuman = Seconds(8), HandoffRequest = request });
        network.LiveKit.Humans = humans.ToDictionary(entry => entry.Number, entry => entry.Human);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>So many phones of humans were dialled into the room.</summary>
    private static IEnumerable<string> Rang(ScenarioResult result, int phones) =>
        result.Rooms.Sum(room => room.PhonesDialled) is var rang && rang == phones ? [] : [$"{rang} phones rang, not {phones}"];

    /// <summary>From the agent's first word on the caller heard the agent, and nobody else.</summary>
    private static IEnumerable<string> TalkedWithTheAgent(ScenarioResult result) =>
        [
            .. HeardAgent(result), .. OneAgentSent(result), .. SilentAtMost(result, 1),
            .. result.Experience is { HeardHuman.Ticks: 0, End: CallEnd.CallerHungUp, Heard: [.., Heard.Agent] }
                ? []
                : (string[])["the caller did not stay with the agent"],
        ];
}
