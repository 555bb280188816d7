using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Twilio;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Every scenario there is.</summary>
public static class ScenarioCatalog
{
    /// <summary>A number behind which nobody is at any time of any day.</summary>
    private const string ClosedNumber = "+15550180";

    private const string ClosedMessage = "We are closed. Please call again tomorrow.";

    private static readonly Caller Somebody = new("+15550101234", "+15550100");
    private static readonly Caller Browser = new("a browser", "the gateway");

    private const string ScreenedNumber = "+15550100144";
    private const string FirstHuman = "+15550100178";
    private const string SecondHuman = "+15550100179";

    /// <summary>A number whose calls are recorded, all of the room in one file.</summary>
    public const string RecordedNumber = RecordingScenarios.RoomNumber;

    /// <summary>A number with one place for calls, and what a caller hears who is one too many.</summary>
    public const string LimitedNumber = LimitScenarios.LimitedNumber;

    /// <summary>See <see cref="LimitedNumber"/>.</summary>
    public const string LimitedMessage = LimitScenarios.Full;

    /// <summary>The name of the route of <see cref="LimitedNumber"/>.</summary>
    public const string LimitedRoute = LimitScenarios.LimitedRoute;

    /// <summary>A number that rejects the third call of one caller within ten minutes.</summary>
    public const string FloodedNumber = LimitScenarios.FloodedNumber;

    /// <summary>
    /// The gateway's settings without which not every scenario ends well: a reserve agent, a human, a number with two humans who are
    /// asked before a caller is put through to them (nobody's numbers), and a closed line.
    /// </summary>
    public static IReadOnlyDictionary<string, string> GatewaySettings { get; } = new Dictionary<string, string>
    {
        [SettingNames.LiveKitReserveAgentName] = "reserve-agent",
        [SettingNames.FallbackNumber] = "+15550100177",
        [SettingNames.RecordingAzureAccount] = "simulated",
        [SettingNames.RecordingAzureKey] = Convert.ToBase64String(new byte[64]),
        [SettingNames.RecordingAzureContainer] = "recordings",
        [SettingNames.RoutesJson] = $$"""
            {"routes":[{"name":"recorded by tracks","number":"{{RecordingScenarios.TracksNumber}}",
              "recording":{"mode":"tracks","consent":"agent","retentionDays":30} },
              {"name":"recorded","number":"{{RecordingScenarios.RoomNumber}}","recording":{"mode":"room"} },
              {"number":"{{ScreenedNumber}}",
              "fallback":{"numbers":["{{FirstHuman}}","{{SecondHuman}}"],"ringSeconds":15,"screen":true} },
              {{OutboundScenarios.Route}},
              {{OutboundScenarios.MachineRoute}},
              {{LimitScenarios.Routes}},
              {{TenantDay.Route}},
              {"name":"closed","number":"{{ClosedNumber}}",
               "hours":{"timeZone":"America/New_York","open":[],"closed":{"fallback":{"message":"{{ClosedMessage}}"} } } },
              {"name":"muted","number":"{{HandoffScenarios.MutedNumber}}","whenHumanJoins":"mute"}],
             "queues":{"{{HandoffScenarios.Queue}}":{
               "members":["{{HandoffScenarios.FirstHuman}}","{{HandoffScenarios.SecondHuman}}"],"ringSeconds":15} } }
            """,
    };

    /// <summary>In the order in which a newcomer wants to see them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("answered", "An agent answers, they talk for half a minute, the caller hangs up.")
        {
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = HeardAgent,
        },
        new("caller-hangs-up-while-ringing", "The caller hangs up before the agent has joined.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { JoinsAfter = TimeSpan.FromSeconds(20) }),
            Call = network => network.Twilio.CallAsync(Somebody with { Patience = TimeSpan.FromSeconds(4) }),
        },
        new("agent-never-joins", "No agent joins; a human answers the caller instead.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.NeverJoins),
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = HeardFallback,
        },
        new("agent-joins-silent", "The first agent joins and says nothing; the reserve agent replaces it.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Silent, AgentBehaviour.Good),
            Call = network => network.Twilio.CallAsync(Somebody with { Patience = TimeSpan.FromSeconds(60) }),
            Expect = HeardAgent,
        },
        new("agent-comes-late", "The agent takes too long, so another one is dispatched, which joins at once.")
        {
            Arrange = network =>
                network.LiveKit.Agents = new(AgentBehaviour.Good with { JoinsAfter = TimeSpan.FromSeconds(20) }, AgentBehaviour.Good),
            Call = network => network.Twilio.CallAsync(Somebody with { Patience = TimeSpan.FromSeconds(60) }),
            Expect = HeardAgent,
        },
        new("agent-dies", "The agent dies in the middle of the conversation; the caller stays on the line.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.DyingAfter(TimeSpan.FromSeconds(15)), AgentBehaviour.Good),
            Call = network => network.Twilio.CallAsync(Somebody with { Stays = TimeSpan.FromSeconds(90) }),
            Expect = HeardAgent,
        },
        new("busy-network", "LiveKit's SIP side is down, so the Dial fails at once.")
        {
            Arrange = network => network.Twilio.Route = SipRoute.Down,
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = HeardFallback,
        },
        new("nobody-at-all", "No agent joins, and the human does not answer.")
        {
            Arrange = network =>
            {
                network.LiveKit.Agents = new(AgentBehaviour.NeverJoins);
                network.Human = Human.Away;
            },
            Call = network => network.Twilio.CallAsync(Somebody),
        },
        new("human-screened", "No agent comes; the first human declines, the second one hears who calls and presses 1.")
        {
            Arrange = network =>
            {
                network.LiveKit.Agents = new(AgentBehaviour.NeverJoins);
                network.Twilio.Humans = new Dictionary<string, Human> { [FirstHuman] = Human.Declining };
            },
            Call = network => network.Twilio.CallAsync(Somebody with { To = ScreenedNumber, Patience = TimeSpan.FromMinutes(3) }),
            Expect = HeardHuman,
        },
        new("voicemail", "No agent comes, and voicemails pick up for both humans; the caller hears the message instead.")
        {
            Arrange = network =>
            {
                network.LiveKit.Agents = new(AgentBehaviour.NeverJoins);
                network.Human = Human.Voicemail;
            },
            Call = network => network.Twilio.CallAsync(Somebody with { To = ScreenedNumber, Patience = TimeSpan.FromMinutes(4) }),
            Expect = HeardMessage,
        },
        new("sip-trunk", "The call comes through a SIP trunk, without Twilio.")
        {
            Call = network => network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber }),
            Expect = HeardAgent,
        },
        new("trunk-no-agent", "No agent comes for a caller of the SIP trunk; a human is called into the room.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.NeverJoins),
            Call = network =>
                network.CallOverTrunkAsync(Somebody with { To = network.Setup.TrunkNumber, Patience = TimeSpan.FromSeconds(90) }),
            Expect = HeardHuman,
        },
        new("trunk-nobody-at-all", "No agent joins for a caller of the SIP trunk, and the human does not answer.")
        {
            Arrange = network =>
            {
                network.LiveKit.Agents = new(AgentBehaviour.NeverJoins);
                network.Human = Human.Away;
            },
            Call = network => network.CallOverTrunkAsync(
                Somebody with { To = network.Setup.TrunkNumber, Patience = TimeSpan.FromMinutes(5), Stays = TimeSpan.FromMinutes(5) }),
        },
        new("two-agents", "A LiveKit dispatch rule dispatches an agent too; one of the two is removed.")
        {
            Arrange = network => network.LiveKit.Trunks = network.Trunks(["voice-agent"]),
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = HeardAgent,
        },
        new("agents-race", "LiveKit starts the agent's job twice; the second one is told to leave before it joins.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Twice),
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = HeardAgent,
        },
        new("after-hours", "Somebody calls outside of the route's hours; they hear a message, and no agent is dispatched.")
        {
            Call = network => network.Twilio.CallAsync(Somebody with { To = ClosedNumber }),
            Expect = result => [.. Expectations.HeardMessage(result.Experience, ClosedMessage), .. StayedOutOfLiveKit(result)],
        },
        new("long-call", "The call lasts ten minutes.")
        {
            Call = network => network.Twilio.CallAsync(Somebody with { Stays = TimeSpan.FromMinutes(10) }),
            Expect = HeardAgent,
        },
        new("browser", "A call without a phone: it is started over the API, and the caller joins in a browser with a token.")
        {
            Call = network => network.CallFromBrowserAsync(Browser),
            Expect = HeardAgent,
        },
        new("browser-reconnects", "The connection of a caller in a browser breaks, and they join again three seconds later.")
        {
            Call = network => network.CallFromBrowserAsync(
                Browser with { Stays = TimeSpan.FromSeconds(40) }, (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3))),
            Expect = result => [.. HeardAgent(result), .. Expectations.OneAgentSent(result)],
        },
        .. RecordingScenarios.All,
        .. BelongingScenarios.All,
        .. HandoffScenarios.All,
        .. EndingScenarios.All,
        .. OutboundScenarios.All,
        .. LimitScenarios.All,
        .. ToolScenarios.All,
        .. QualityScenarios.All,
        .. CostScenarios.All,
        .. ReceiverScenarios.All,
        .. TenantDay.All,
    ];

    private static IEnumerable<string> HeardAgent(ScenarioResult result) =>
        result.Experience.HeardAgent > TimeSpan.Zero ? [] : ["the caller never heard an agent"];

    private static IEnumerable<string> HeardHuman(ScenarioResult result) =>
        result.Experience.HeardHuman > TimeSpan.Zero ? [] : ["the caller never heard a human"];

    private static IEnumerable<string> HeardMessage(ScenarioResult result) =>
        result.Experience.Heard.OfType<Heard.Message>().Any(heard => heard.Text != Human.VoicemailGreeting)
            ? []
            : ["the caller did not hear the message"];

    private static IEnumerable<string> StayedOutOfLiveKit(ScenarioResult result) =>
        result.Rooms.Count == 0 ? [] : ["a room was opened for a caller whom nobody could serve"];

    private static IEnumerable<string> HeardFallback(ScenarioResult result) =>
        result.Experience.HeardHuman > TimeSpan.Zero || result.Experience.Heard.OfType<Heard.Message>().Any()
            ? []
            : ["the caller heard neither a human nor a message"];
}
