namespace VoiceFunctions.Exploration.Model;

/// <summary>The calls that are explored.</summary>
internal static class ExploredScenarios
{
    public static IReadOnlyList<ExploredScenario> All { get; } =
    [
        new("trunk", 1) { Depth = 2 },
        new("trunk, two hosts", 2),
        new("Twilio", 1) { IsAnnounced = true },
        new("Twilio, two hosts", 2) { IsAnnounced = true, Depth = 2 },
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
        new("merciless", 2) { IsMerciless = true, IsAnnounced = true, Stays = TimeSpan.FromSeconds(40) },
    ];

    public static ExploredScenario Named(string name) => All.Single(scenario => scenario.Name == name);
}
