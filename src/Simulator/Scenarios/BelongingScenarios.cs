using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.People;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;
using static VoiceFunctions.Simulator.Scenarios.Moments;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>
/// Calls in a LiveKit project with other people in it: humans whom nobody of ours brought, agents of others, rooms of others, agents that
/// leave because they have finished.
/// </summary>
internal static class BelongingScenarios
{
    private const string Transcriber = "transcriber";
    private const string Notetaker = "notetaker";
    private const string Meeting = "meeting-42";
    private const string MeetingNumber = "+15550142";

    private static readonly Caller Somebody = new("+15550101234", "+15550100") { Stays = Seconds(60) };

    /// <summary>A participant that listens and says nothing.</summary>
    private static readonly AgentBehaviour Listener = AgentBehaviour.Silent with { JoinsAfter = TimeSpan.FromMilliseconds(20) };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("agent-brings-human", "The agent calls a human into the room, and leaves.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with
            {
                BringsHuman = Seconds(5),
                Human = new Human { Talks = Seconds(55) },
                Leaves = Seconds(20),
            }),
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = result => [.. HeardAgent(result), .. HeardHuman(result), .. OneAgentSent(result), .. SilentAtMost(result, 1)],
        },
        new("operator-joins", "An operator joins in a browser and talks, the agent leaves; a guest and a hidden supervisor only listen.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { Leaves = Seconds(25) }),
            Call = network =>
            {
                InRoom(network, 4, room =>
                {
                    network.LiveKit.Come(room, new Visitor("guest-3") { SpeaksAfter = null, Leaves = Seconds(65) });
                    network.LiveKit.Come(room, new Visitor("supervisor-2") { SpeaksAfter = null, IsHidden = true, Leaves = Seconds(65) });
                });
                InRoom(network, 12, room => network.LiveKit.Come(room, new Visitor("operator-7") { Leaves = Seconds(60) }));
                return network.Twilio.CallAsync(Somebody);
            },
            Expect = result => [.. HeardHuman(result), .. OneAgentSent(result), .. SilentAtMost(result, 1)],
        },
        new("operator-dials-in", "An application calls an operator's phone into the room; no webhook says when they pick up.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { Leaves = Seconds(20) }),
            Call = network =>
            {
                InRoom(network, 15, room => _ = network.Time.Start(() =>
                    network.LiveKit.DialAsync(room, "+15550100188", "operator-7", new Human { Talks = Seconds(50) })));
                return network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber });
            },
            Expect = result => [.. HeardAgent(result), .. HeardHuman(result), .. OneAgentSent(result), .. SilentAtMost(result, 1)],
        },
        new("helper-agent", "A dispatch rule dispatches a transcriber before the agent, and another program joins too.")
        {
            Arrange = network =>
            {
                network.LiveKit.Helpers = new Dictionary<string, AgentBehaviour> { [Transcriber] = Listener, [Notetaker] = Listener };
                network.LiveKit.Trunks = network.Trunks([Transcriber]);
            },
            Call = network =>
            {
                InRoom(network, 10, room => network.LiveKit.Dispatch(room, Notetaker));
                return network.Twilio.CallAsync(Somebody);
            },
            Expect = result => [.. HeardAgent(result), .. OneAgentSent(result), .. Stayed(result, TruePart.Helper, 2)],
        },
        new("avatar", "The agent speaks through an avatar, another worker that publishes its audio.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { AvatarComes = Seconds(1.5) }),
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = result => [.. HeardAgent(result), .. OneAgentSent(result), .. Stayed(result, TruePart.Avatar, 1)],
        },
        new("second-pass", "A phone menu takes the call back, and sends it to the gateway again with the same CallSid.")
        {
            Calls = 2,
            Call = network => network.Twilio.CallMenuAsync(Somebody, passes: 2, each: Seconds(20)),
            Expect = result =>
            [
                .. result.Experience.Heard.OfType<Heard.Agent>().Count() == 2 ? [] : (string[])["the caller did not hear an agent twice"],
                .. OneAgentSent(result),
            ],
        },
        new("meeting-next-door", "While a caller talks with the agent, a phone joins a meeting that is not the gateway's.")
        {
            Arrange = network =>
            {
                network.LiveKit.Helpers = new Dictionary<string, AgentBehaviour> { [Notetaker] = Listener };
                network.LiveKit.Trunks =
                [
                    new SipTrunk("ST_SomebodyElses", new SipDispatchRule.Direct("SDR_Meeting", Meeting)) { Numbers = [MeetingNumber] },
                    .. network.Trunks([]),
                ];
            },
            Call = CallBesideAMeetingAsync,
            Expect = result =>
            [
                .. HeardAgent(result),
                .. result.Experience.Next is { HeardAgent.Ticks: 0, LongestSilence.Ticks: 0, End: CallEnd.CallerHungUp }
                    ? []
                    : (string[])["the phone in the meeting was disturbed"],
            ],
        },
        new("agent-says-goodbye", "The agent tells the gateway that it has finished, and leaves; the caller stays on the line.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { Leaves = Seconds(20), SaysGoodbye = true }),
            Call = network => network.Twilio.CallAsync(Somebody with { Stays = TimeSpan.FromMinutes(5) }),
            Expect = result => [.. HeardAgent(result), .. OneAgentSent(result), .. WasHungUpOn(result), .. SilentAtMost(result, 10)],
        },
        new("agent-leaves", "The agent leaves without telling the gateway; the caller stays on the line.")
        {
            NeedsEveryWebhook = true,
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { Leaves = Seconds(20) }),
            Call = network => network.Twilio.CallAsync(Somebody with { Stays = TimeSpan.FromMinutes(5) }),
            Expect = result => [.. HeardAgent(result), .. OneAgentSent(result), .. WasHungUpOn(result)],
        },
        new("agent-heartbeat-lost", "The agent renews its lease, and dies; LiveKit notices only after 20 s.")
        {
            Arrange = network => network.LiveKit.Agents = new(
                AgentBehaviour.DyingAfter(Seconds(15)) with { Renews = true }, AgentBehaviour.Good with { Renews = true }),
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = result => [.. HeardAgent(result), .. SilentAtMost(result, 10)],
        },
        new("agent-falls-silent", "The agent stops its audio and stays in the room; the reserve agent replaces it.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { FallsSilent = Seconds(15) }, AgentBehaviour.Good),
            Call = network => network.Twilio.CallAsync(Somebody with { Stays = Seconds(150) }),
            Expect = result => result.Experience.Heard.OfType<Heard.Agent>().Count() == 2
                ? []
                : ["nobody took the place of the agent that fell silent"],
        },
        new("next-caller", "One room for all calls: the next caller comes four seconds after the last one hung up.")
        {
            Calls = 2,
            NeedsEveryWebhook = true,
            Call = CallOneAfterTheOtherAsync,
            Expect = result =>
            [
                .. HeardAgent(result),
                .. HeardAgent(result.Experience.Next),
                .. result.Experience.Next is { End: CallEnd.CallerHungUp } ? [] : (string[])["the next caller was thrown out"],
            ],
        },
        new("connector-caller", "The caller comes through a LiveKit connector, without SIP.")
        {
            Call = network => network.CallOverConnectorAsync(Somebody, $"{network.Setup.RoomPrefix}_connector-1"),
            Expect = HeardAgent,
        },
        new("caller-leaves-ringing-human", "No agent comes; the caller hangs up while the human's phone rings.")
        {
            Arrange = network =>
            {
                network.LiveKit.Agents = new(AgentBehaviour.NeverJoins);
                network.Human = new Human { AnswersAfter = Seconds(25) };
            },
            Call = network => network.CallOverTrunkAsync(
                Somebody with { To = network.Setup.TrunkNumber, Patience = Seconds(90), Stays = Seconds(15) }),
            Expect = result => result.Rooms.Any(room => room is { PhonesDialled: > 0, PhoneAnsweredAt: null })
                ? []
                : ["no phone of a human rang in vain"],
        },
        new("livekit-dies", "LiveKit's server dies and restarts; the caller hangs up in between, and stays in its list of participants.")
        {
            NeedsEveryWebhook = true,
            Call = network =>
            {
                InRoom(network, 15, room => _ = network.Time.Start(() => network.LiveKit.CrashAsync(Seconds(8))));
                return network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber, Stays = Seconds(20) });
            },
            Expect = result => result.Rooms.All(room => room.FinishedAt - room.CallerLeftAt < TimeSpan.FromSeconds(75))
                ? HeardAgent(result)
                : ["the caller was taken for present for more than a minute"],
        },
    ];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>So many of others were there, and stayed as long as the caller did.</summary>
    private static IEnumerable<string> Stayed(ScenarioResult result, TruePart part, int count)
    {
        var room = result.Rooms[0];
        var stayed = room.Others.Count(other => other.Part == part && (other.LeftAt ?? DateTimeOffset.MaxValue) > room.CallerLeftAt);
        return stayed == count ? [] : [$"{stayed} of {count} stayed with the caller to the end"];
    }

    private static async Task<CallerExperience> CallBesideAMeetingAsync(PhoneNetwork network)
    {
        network.LiveKit.Come(Meeting, new Visitor("anna") { Leaves = Seconds(80) });
        network.LiveKit.Come(Meeting, new Visitor("ben") { Leaves = Seconds(85) });
        network.LiveKit.Dispatch(Meeting, Notetaker);
        await network.Time.Delay(Seconds(2), CancellationToken.None);
        var dialIn = network.CallOverTrunkAsync(new Caller("+15550102222", MeetingNumber) { Stays = Seconds(50) });
        var call = await network.Twilio.CallAsync(Somebody with { Stays = Seconds(30) });
        return call with { Next = await dialIn };
    }

    private static async Task<CallerExperience> CallOneAfterTheOtherAsync(PhoneNetwork network)
    {
        var frontDesk = network.Setup.FrontDeskNumber;
        var first = await network.CallOverTrunkAsync(Somebody with { To = frontDesk, Stays = Seconds(20) });
        await network.Time.Delay(Seconds(4), CancellationToken.None);
        return first with { Next = await network.CallOverTrunkAsync(new Caller("+15550105678", frontDesk) { Stays = Seconds(40) }) };
    }
}
