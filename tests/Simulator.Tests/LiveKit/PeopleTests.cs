using System.Text.Json.Nodes;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Simulator.LiveKit.People;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

/// <summary>Whoever else is in a room: visitors, helpers, avatars, ghosts of a server that died.</summary>
public sealed class PeopleTests
{
    private const string Room = "call_x";
    private static readonly InboundSipCall Call = new("+15550101234", "+15550199");

    [Fact]
    public async Task A_visitor_in_a_browser_is_told_of_as_a_recorded_one()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            simulation.Network.LiveKit.Come(Room, new Visitor("anna") { Leaves = TimeSpan.FromSeconds(2) });
            await simulation.DelayAsync(5);
        });

        var joined = Webhooks(simulation, "participant_joined").Single();
        var shape = new Shape();
        foreach (var real in LiveKitFixture.All.SelectMany(recording => recording.OwnWebhooks).Select(webhook => webhook.Json)
            .Where(webhook => (string)webhook["event"]! == "participant_joined" && webhook["participant"]!["kind"] is null))
        {
            shape.Add(real);
        }

        Assert.Empty(shape.Differences(joined, ".room.metadata", ".participant.name", ".participant.metadata", ".participant.attributes"));
        Assert.Equal("CLIENT_INITIATED", (string?)Webhooks(simulation, "participant_left").Single()["participant"]!["disconnectReason"]);
    }

    [Fact]
    public async Task A_hidden_listener_and_a_connectors_caller_can_be_told_apart()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            simulation.Network.LiveKit.Come(Room, new Visitor("listener") { IsHidden = true, SpeaksAfter = null });
            simulation.Network.LiveKit.Come(Room, new Visitor("whatsapp") { IsOverConnector = true });
            await simulation.DelayAsync(1);
        });

        var joined = Webhooks(simulation, "participant_joined").Select(webhook => webhook["participant"]!).ToList();
        Assert.Equal([true, null], joined.Select(one => (bool?)one["permission"]!["hidden"]));
        Assert.Equal([null, "CONNECTOR"], joined.Select(one => (string?)one["kind"]));
        Assert.Single(Webhooks(simulation, "track_published"));
    }

    [Fact]
    public async Task An_avatar_publishes_in_its_agents_place_and_leaves_with_it()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new(
            AgentBehaviour.Good with { AvatarComes = TimeSpan.FromSeconds(1), Leaves = TimeSpan.FromSeconds(5) });

        await DispatchAsync(simulation, seconds: 10);

        var joined = Webhooks(simulation, "participant_joined").Select(webhook => webhook["participant"]!).ToList();
        Assert.Equal((string?)joined[0]["identity"], (string?)joined[1]["attributes"]!["lk.publish_on_behalf"]);
        Assert.Equal(["AGENT", "AGENT"], joined.Select(one => (string?)one["kind"]));
        Assert.Equal(
            (string?)joined[1]["identity"], (string?)Webhooks(simulation, "track_published").Single()["participant"]!["identity"]);
        Assert.Equal(2, Webhooks(simulation, "participant_left").Count());
        var room = Assert.Single(simulation.Network.LiveKit.Rooms);
        Assert.Equal((1, 1), (room.AgentsJoined, room.MostAgentsLive));
        Assert.NotNull(Assert.Single(room.Agents).AudibleAt);
    }

    [Fact]
    public async Task An_agent_says_goodbye_with_the_words_of_its_lease_and_leaves()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new(AgentBehaviour.Good with { Leaves = TimeSpan.FromSeconds(5), SaysGoodbye = true });

        var job = DispatchMetadata.Of(
            CallId.ForTwilio("CA1"),
            1,
            "the-fence",
            new AgentConfig("a"),
            new JobCall(CallDirection.Inbound, null, null, "r"));

        await DispatchAsync(simulation, seconds: 10, job);

        var said = Assert.Single(simulation.Gateway.Requests, request => request.Path == "/agents/done");
        Assert.Equal(Assert.Single(simulation.Gateway.Leases).Text, said.Text);
        Assert.Equal("CLIENT_INITIATED", (string?)Webhooks(simulation, "participant_left").Single()["participant"]!["disconnectReason"]);
    }

    [Fact]
    public async Task After_a_crash_the_living_come_back_with_other_sids_and_who_hung_up_is_listed_and_cannot_be_reached()
    {
        await using var simulation = await Simulation.StartAsync();
        var (listed, reached, took) = (new JsonObject(), 0, 0.0);

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            await simulation.ApiAsync(
                "AgentDispatchService/CreateDispatch", new() { ["room"] = leg.RoomName, ["agent_name"] = "a" }, leg.RoomName);
            await leg.Answered;
            var crash = simulation.Network.LiveKit.CrashAsync(TimeSpan.FromSeconds(4));
            await simulation.DelayAsync(1);
            leg.HangUp();
            Assert.Equal(new SipEnd.HungUp(), await leg.Ended);
            await crash;
            listed = (await simulation.ApiAsync("RoomService/ListParticipants", new() { ["room"] = leg.RoomName }, leg.RoomName)).Json;
            took = simulation.Now.TotalSeconds;
            var message = new JsonObject { ["room"] = leg.RoomName, ["identity"] = "sip_+15550101234" };
            reached = (await simulation.ApiAsync("RoomService/UpdateParticipant", message, leg.RoomName)).Status;
            took = simulation.Now.TotalSeconds - took;
        });

        Assert.Equal(2, Webhooks(simulation, "room_started").Select(webhook => (string)webhook["room"]!["sid"]!).Count());
        Assert.Single(Webhooks(simulation, "room_started").Select(webhook => (string)webhook["room"]!["sid"]!).Distinct());
        Assert.Equal(
            2,
            Webhooks(simulation, "participant_joined").Select(webhook => webhook["participant"]!)
                .Where(one => (string?)one["kind"] == "AGENT").Select(one => (string)one["sid"]!).Distinct().Count());
        Assert.Empty(Webhooks(simulation, "participant_left"));
        Assert.Equal(
            ["AGENT ACTIVE", "SIP ACTIVE"],
            listed["participants"]!.AsArray().Select(one => $"{one!["kind"]} {one["state"]}").Order(StringComparer.Ordinal));
        Assert.Equal((503, 3.0), (reached, took));
    }

    [Fact]
    public async Task In_memory_only_a_ghost_of_a_crash_cannot_be_reached()
    {
        var (bodies, clock) = (new List<JsonNode>(), new ManualClock());
        var liveKit = new InMemoryLiveKit(clock) { Webhook = body => bodies.Add(JsonNode.Parse(body)!) };
        var gone = liveKit.Join(Room, new() { Identity = "sip_+15550101234", Kind = "SIP" });
        liveKit.Join(Room, new() { Identity = "agent-AJ_1", Kind = "AGENT" });

        liveKit.Crash([gone.Sid]);

        Assert.Equal(2, bodies.Count(body => (string?)body["event"] == "room_started"));
        Assert.IsType<LiveKitOutcome<LiveKitDone>.Unavailable>(await ReachAsync(gone.Identity));
        Assert.IsType<LiveKitOutcome<LiveKitDone>.Ok>(await ReachAsync("agent-AJ_1"));
        Assert.Contains(liveKit.In(Room), one => one.Sid == gone.Sid);

        Task<LiveKitOutcome<LiveKitDone>> ReachAsync(string identity) =>
            liveKit.ReachParticipantAsync(Room, identity, TestContext.Current.CancellationToken);
    }

    private static Task DispatchAsync(Simulation simulation, int seconds, string metadata = "") => simulation.RunAsync(async () =>
    {
        await simulation.ApiAsync(
            "AgentDispatchService/CreateDispatch", new() { ["room"] = Room, ["agent_name"] = "a", ["metadata"] = metadata }, Room);
        await simulation.DelayAsync(seconds);
    });

    private static IEnumerable<JsonNode> Webhooks(Simulation simulation, string name) =>
        simulation.Gateway.Webhooks.Select(webhook => JsonNode.Parse(webhook.Text)!).Where(webhook => (string)webhook["event"]! == name);
}
