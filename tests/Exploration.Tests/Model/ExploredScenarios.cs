using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Recordings;

namespace VoiceFunctions.Exploration.Model;

/// <summary>The calls that are explored.</summary>
internal static class ExploredScenarios
{
    private static readonly RouteRecording WholeRoom = new(BySeparateTracks: false);

    public static IReadOnlyList<ExploredScenario> All { get; } =
    [
        new("trunk", 1) { Depth = 2 },
        new("trunk, two hosts", 2),
        new("Twilio", 1) { IsAnnounced = true },
        new("Twilio, two hosts", 2) { IsAnnounced = true },
        new("trunk, in process", 1) { ActsOnLook = true },
        new("Twilio, two hosts, in process", 2) { IsAnnounced = true, ActsOnLook = true },
        new("agent dies", 1) { Agent = "dies", Stays = TimeSpan.FromSeconds(20) },
        new("agent dies, two hosts", 2) { Agent = "dies", Stays = TimeSpan.FromSeconds(20), IsAnnounced = true },
        new("no agent comes", 1) { Agent = "never", Stays = TimeSpan.FromSeconds(70) },
        new("no agent comes, Twilio", 1) { Agent = "never", Stays = TimeSpan.FromSeconds(70), IsAnnounced = true },
        new("a rule brings an agent too", 1) { RuleBringsAgent = true, Stays = TimeSpan.FromSeconds(20) },
        new("two agents come", 2) { Agent = "twice", Stays = TimeSpan.FromSeconds(100) },
        new("nobody hangs up", 1) { Stays = null },
        new("clocks apart", 2) { Skew = TimeSpan.FromSeconds(4), Stays = TimeSpan.FromSeconds(20) },
        new("the agent is late", 2) { Agent = "late", Stays = TimeSpan.FromSeconds(40), IsAnnounced = true },
        new("the agent is late, leases", 2) { Agent = "late", Stays = TimeSpan.FromSeconds(40), IsAnnounced = true, AsksForLease = true },
        new("two jobs come, leases", 2) { Agent = "twice", Stays = TimeSpan.FromSeconds(20), AsksForLease = true },
        new("agent dies, leases", 1) { Agent = "dies", Stays = TimeSpan.FromSeconds(20), AsksForLease = true },
        new("the agent is mute, reserve", 1) { Agent = "mute", Stays = TimeSpan.FromSeconds(40), HasReserve = true },
        new("no agent comes, reserve", 2) { Agent = "never", Stays = TimeSpan.FromSeconds(40), HasReserve = true, IsAnnounced = true },
        new("no agent comes, a human does", 1) { Agent = "never", Stays = TimeSpan.FromSeconds(70), Human = "answers" },
        new("no agent comes, a human does, two hosts", 2) { Agent = "never", Stays = TimeSpan.FromSeconds(45), Human = "answers" },
        new("nobody comes", 1) { Agent = "never", Stays = TimeSpan.FromSeconds(90), Human = "away" },
        new("the human is called without grace", 1)
        {
            Agent = "never",
            Stays = TimeSpan.FromSeconds(27),
            Human = "answers",
            RoomGrace = TimeSpan.Zero,
        },
        new("the agent brings a human", 1) { Agent = "brings a human", Stays = TimeSpan.FromSeconds(28) },
        new("the agent brings a human who stays", 1) { Agent = "brings a human", Stays = TimeSpan.FromSeconds(12) },
        new("an operator takes over", 1)
        {
            Agent = "dies",
            Stays = TimeSpan.FromSeconds(30),
            Visits = [new Visit("operator", GuestKind.Operator, 3, 20)],
        },
        new("an operator stays", 1) { Visits = [new Visit("operator", GuestKind.Operator, 5, 26)] },
        new("helpers of others", 1)
        {
            Stays = TimeSpan.FromSeconds(10),
            Visits =
            [
                new Visit("early", GuestKind.Helper, 0.5, 40) { IsMute = true },
                new Visit("late", GuestKind.Helper, 4, 40) { IsMute = true },
            ],
        },
        new("helpers of the route", 2) { Helpers = [Visitors.HelperName], Stays = TimeSpan.FromSeconds(10) },
        new("an avatar speaks", 1) { Agent = "has an avatar", Stays = TimeSpan.FromSeconds(30) },
        new("a meeting next door", 1)
        {
            Visits =
            [
                new Visit("guest", GuestKind.Operator, 0.5, 9) { Room = "meeting-7" },
                new Visit("phone", GuestKind.Caller, 3, 7) { Room = "meeting-7" },
            ],
        },
        new("the next caller", 1) { Visits = [new Visit("next", GuestKind.Caller, 12, 19)] },
        new("the same CallSid again", 1)
        {
            IsAnnounced = true,
            Visits = [new Visit("next", GuestKind.Caller, 25, 32) { IsPunctual = true }],
        },
        new("the agent has finished", 1) { Agent = "finishes", Stays = TimeSpan.FromSeconds(30) },
        new("the agent leaves and is replaced", 1) { Agent = "finishes", Stays = TimeSpan.FromSeconds(14), ReplacesAgent = true },
        new("the agent says that it is done", 1) { Agent = "says done", Stays = TimeSpan.FromSeconds(30), AsksForLease = true },
        new("the agent hangs, leases", 1) { Agent = "hangs", Stays = TimeSpan.FromSeconds(22), AsksForLease = true, Renews = true },
        new("the agent falls silent, reserve", 1) { Agent = "falls silent", Stays = TimeSpan.FromSeconds(40), HasReserve = true },
        new("LiveKit crashes and the caller goes", 1) { Crashes = 6, Stays = null },
        new("a human rings, an operator stays", 1)
        {
            Agent = "never",
            Stays = TimeSpan.FromSeconds(30),
            Human = "away",
            Visits = [new Visit("operator", GuestKind.Operator, 28, 44)],
        },
        new("a warm handoff", 1) { Queue = 2, Human = "answers", Stays = TimeSpan.FromSeconds(35) },
        new("a warm handoff, two hosts", 2) { Queue = 2, Human = "answers", Stays = TimeSpan.FromSeconds(14) },
        new("a warm handoff to nobody", 1) { Queue = 2, Human = "away", Stays = TimeSpan.FromSeconds(40) },
        new("a warm handoff, the agent stays", 1) { Queue = 1, Human = "answers", Stays = TimeSpan.FromSeconds(35), MutesAgent = true },
        new("the agent dies during a warm handoff", 1)
        {
            Agent = "dies",
            Queue = 1,
            Human = "answers",
            Stays = TimeSpan.FromSeconds(35),
        },
        new("a cold handoff", 1) { Queue = 1, Human = "answers", IsCold = true, Stays = TimeSpan.FromSeconds(45) },
        new("a cold handoff, two hosts", 2) { Queue = 1, Human = "answers", IsCold = true, Stays = TimeSpan.FromSeconds(45) },
        new("a cold handoff is refused", 1) { Queue = 2, Human = "away", IsCold = true, Stays = TimeSpan.FromSeconds(20) },
        new("recorded", 1) { Recording = WholeRoom },
        new("recorded, two hosts", 2) { Recording = WholeRoom, IsAnnounced = true },
        new("recorded, paused and gone on with", 1)
        {
            Recording = WholeRoom,
            Stays = TimeSpan.FromSeconds(12),
            Wants = [("pause", 5), ("start", 8)],
        },
        new("an operator ends the call", 1) { OperatorEnds = 6, Stays = TimeSpan.FromSeconds(40) },
        new("an operator ends the call, Twilio, two hosts", 2)
        {
            OperatorEnds = 6,
            IsAnnounced = true,
            Stays = TimeSpan.FromSeconds(40),
        },
        new("an operator ends the call while nobody is heard", 1)
        {
            OperatorEnds = 8,
            Agent = "never",
            Human = "away",
            IsAnnounced = true,
            Stays = TimeSpan.FromSeconds(40),
        },
        new("an operator ends the call and stays", 1)
        {
            OperatorEnds = 9,
            Stays = TimeSpan.FromSeconds(40),
            Visits = [new Visit("operator", GuestKind.Operator, 5, 26)],
        },
        new("no new calls", 1) { TakesNewCalls = false, Stays = TimeSpan.FromSeconds(40) },
        new("a line for one call", 1) { MaxCalls = 1, RivalComes = 4 },
        new("a line for one call, two hosts", 2) { MaxCalls = 1, RivalComes = 4, Stays = TimeSpan.FromSeconds(12) },
        new("a line for one call, Twilio", 1) { MaxCalls = 1, RivalComes = 4, IsAnnounced = true },
        new("events go out", 1) { HasReceiver = true },
        new("events go out, two hosts", 2) { HasReceiver = true, IsAnnounced = true },
        new("a phone is called", 1) { Callee = "answers", AsksForLease = true },
        new("a phone is called, two hosts", 2) { Callee = "answers" },
        new("a phone is busy and called again", 1) { Callee = "busy", Redials = true },
        new("nobody answers the phone", 1) { Callee = "away", AsksForLease = true },
        new("a phone is called, no agent comes", 1) { Callee = "answers", Agent = "never" },
        new("a phone is called, agent dies", 1) { Callee = "answers", Agent = "dies", Stays = TimeSpan.FromSeconds(20) },
        new("a browser", 1) { IsAsked = true, Stays = TimeSpan.FromSeconds(12) },
        new("a browser, two hosts", 2) { IsAsked = true, Stays = TimeSpan.FromSeconds(12) },
        new("a browser never comes", 1) { IsAsked = true, NobodyComes = true },
        new("merciless", 2) { IsMerciless = true, SparesWakeUps = false, IsAnnounced = true, Stays = TimeSpan.FromSeconds(40) },
    ];

    public static ExploredScenario Named(string name) => All.Single(scenario => scenario.Name == name);
}
