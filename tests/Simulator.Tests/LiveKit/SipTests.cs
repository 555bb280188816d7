using System.Text.Json.Nodes;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

public sealed class SipTests
{
    private static readonly InboundSipCall Call = new("+15550101234", "+15550199");

    [Fact]
    public async Task A_phone_rings_until_an_agent_can_be_heard()
    {
        await using var simulation = await Simulation.StartAsync();
        double ringing = 0, answered = 0;

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            ringing = simulation.Now.TotalMilliseconds;
            await simulation.DelayAsync(2);
            await DispatchAsync(simulation, leg);
            await leg.Answered;
            answered = simulation.Now.TotalMilliseconds;
        });

        Assert.Equal((120, 2520), (ringing, answered));
        Assert.Equal(TimeSpan.FromMilliseconds(2350), simulation.Network.LiveKit.Rooms[0].CallerToAgentAudio);
    }

    [Fact]
    public async Task The_webhooks_of_a_call_come_in_the_order_of_a_real_one()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            await DispatchAsync(simulation, leg);
            await leg.Answered;
            await simulation.DelayAsync(5);
            leg.HangUp();
            Assert.Equal(new SipEnd.HungUp(), await leg.Ended);
            await simulation.DelayAsync(60);
        });

        Assert.Equal(
            [
                "room_started", "participant_joined SIP ringing", "track_published", "participant_joined AGENT", "track_published",
                "track_unpublished", "participant_left SIP hangup CLIENT_INITIATED", "track_unpublished",
                "participant_left AGENT ROOM_CLOSED", "room_finished",
            ],
            simulation.Gateway.Webhooks.Select(Summary));
        Assert.Equal(
            TimeSpan.FromSeconds(20),
            simulation.Network.LiveKit.Rooms[0].FinishedAt - simulation.Network.LiveKit.Rooms[0].CallerLeftAt);
    }

    [Fact]
    public async Task A_phone_whose_connection_breaks_off_is_told_as_aborted_and_was_never_there()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.SipAborts = call => call.From == Call.From;

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            Assert.Equal(new SipEnd.Refused(500), await leg.Ended);
            await simulation.DelayAsync(1);
        });

        Assert.Equal(
            ["room_started", "participant_connection_aborted"],
            simulation.Gateway.Webhooks.Select(webhook => (string)JsonNode.Parse(webhook.Text)!["event"]!));
        Assert.Null(simulation.Network.LiveKit.Rooms[0].CallerJoinedAt);
    }

    [Fact]
    public async Task An_agent_whose_connection_breaks_off_is_told_as_aborted_and_the_next_one_comes()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.AgentsOf = room => room.Caller == Call.From
            ? new(AgentBehaviour.Good with { Aborts = true }, AgentBehaviour.Good)
            : new(AgentBehaviour.NeverJoins);

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            await DispatchAsync(simulation, leg);
            await simulation.DelayAsync(5);
            Assert.False(leg.Answered.IsCompleted);
            await DispatchAsync(simulation, leg);
            await leg.Answered;
        });

        var room = simulation.Network.LiveKit.Rooms[0];
        Assert.Equal((2, 1, Call.From), (room.Dispatches, room.AgentsJoined, room.Caller));
        Assert.Equal(room.AgentAudioAt, Assert.Single(room.Agents).AudibleAt);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(5)], room.DispatchedAt.Select(at => at - room.CallerJoinedAt!.Value));
        var aborted = simulation.Gateway.Webhooks
            .Select(webhook => JsonNode.Parse(webhook.Text)!)
            .Single(webhook => (string)webhook["event"]! == "participant_connection_aborted");
        var recorded = LiveKitFixture.Load("join-without-media").OwnWebhooks
            .Select(webhook => webhook.Json)
            .First(webhook => (string)webhook["event"]! == "participant_connection_aborted");
        Assert.Empty(FieldsOf(recorded["participant"]!).Except(FieldsOf(aborted["participant"]!)));
        Assert.Equal((string)recorded["participant"]!["disconnectReason"]!, (string)aborted["participant"]!["disconnectReason"]!);
    }

    [Fact]
    public async Task It_is_noted_when_each_agent_could_be_heard()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new(AgentBehaviour.DyingAfter(TimeSpan.FromSeconds(10)));

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            await DispatchAsync(simulation, leg);
            await simulation.DelayAsync(60);
        });

        var agent = Assert.Single(simulation.Network.LiveKit.Rooms[0].Agents);
        Assert.Equal(
            (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)),
            (agent.AudibleAt - agent.JoinedAt, agent.GoneAt - agent.JoinedAt, agent.LeftAt - agent.JoinedAt));
    }

    [Fact]
    public async Task A_room_stays_open_as_long_as_the_server_is_set_up_to()
    {
        await using var simulation = await Simulation.StartAsync(new() { LiveKit = new() { DepartureTimeout = TimeSpan.FromMinutes(10) } });

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            leg.HangUp();
            await simulation.DelayAsync(900);
        });

        Assert.Equal(
            TimeSpan.FromMinutes(10),
            simulation.Network.LiveKit.Rooms[0].FinishedAt - simulation.Network.LiveKit.Rooms[0].CallerLeftAt);
    }

    [Fact]
    public async Task A_silent_agent_is_not_answered_and_the_trunk_gives_up_after_three_minutes()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new(AgentBehaviour.Silent);

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            await DispatchAsync(simulation, leg);
            Assert.Equal(new SipEnd.Refused(486), await leg.Ended);
            Assert.False(leg.Answered.IsCompleted);
        });

        Assert.Equal(180.12, simulation.Now.TotalSeconds);
    }

    [Theory]
    [InlineData(true, "active", "ROOM_DELETED")]
    [InlineData(false, "active", "PARTICIPANT_REMOVED")]
    public async Task Deleting_the_room_or_removing_the_phone_hangs_it_up(bool deletesRoom, string callStatus, string reason)
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            await DispatchAsync(simulation, leg);
            await leg.Answered;
            await (deletesRoom
                ? simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = leg.RoomName })
                : simulation.ApiAsync(
                    "RoomService/RemoveParticipant", new() { ["room"] = leg.RoomName, ["identity"] = "sip_+15550101234" }, leg.RoomName));
            Assert.Equal(new SipEnd.Disconnected(reason), await leg.Ended);
            await simulation.DelayAsync(1);
        });

        Assert.Contains($"participant_left SIP {callStatus} {reason}", simulation.Gateway.Webhooks.Select(Summary));
    }

    [Fact]
    public async Task The_same_caller_in_the_same_room_throws_the_first_call_out()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Trunks = [new SipTrunk("ST_1", new SipDispatchRule.Callee("SDR_1", "call"))];

        await simulation.RunAsync(async () =>
        {
            var first = simulation.Network.LiveKit.PlaceCall(Call);
            await first.Ringing;
            var second = simulation.Network.LiveKit.PlaceCall(Call);
            Assert.Equal(new SipEnd.Refused(486), await first.Ended);
            await second.Ringing;
            await simulation.DelayAsync(1);
        });

        Assert.Contains("participant_left SIP ringing DUPLICATE_IDENTITY", simulation.Gateway.Webhooks.Select(Summary));
    }

    [Fact]
    public async Task Rules_name_rooms_and_headers_become_attributes()
    {
        await using var simulation = await Simulation.StartAsync();
        var setup = simulation.Network.Setup;
        var fromTwilio = new InboundSipCall("+15550101234", "abc")
        {
            Headers = new Dictionary<string, string> { ["x-call-id"] = "c1", ["X-Twilio-CallSid"] = "CA1", ["Diversion"] = "d" },
            Username = setup.SipUsername,
            Password = setup.SipPassword,
        };

        await simulation.RunAsync(async () =>
        {
            var individual = simulation.Network.LiveKit.PlaceCall(Call);
            var callee = simulation.Network.LiveKit.PlaceCall(fromTwilio);
            var wrongPassword = simulation.Network.LiveKit.PlaceCall(fromTwilio with { Password = "x" });
            await simulation.DelayAsync(1);

            Assert.Matches("^call_\\+15550101234_[A-Za-z0-9]{12}$", individual.RoomName);
            Assert.Equal("call_abc", callee.RoomName);
            Assert.Equal(new SipEnd.Refused(401), await wrongPassword.Ended);
        });

        var joined = simulation.Gateway.Webhooks
            .Select(webhook => JsonNode.Parse(webhook.Text)!)
            .Single(webhook => (string)webhook["event"]! == "participant_joined" && (string)webhook["room"]!["name"]! == "call_abc");
        var attributes = joined["participant"]!["attributes"]!.AsObject();
        Assert.Equal(("c1", "CA1", "CA1", "abc"), (
            (string)attributes["sip.h.x-call-id"]!,
            (string)attributes["sip.twilio.callSid"]!,
            (string)attributes["sip.h.x-twilio-callsid"]!,
            (string)attributes["sip.trunkPhoneNumber"]!));
        Assert.DoesNotContain(attributes, attribute => attribute.Key.Contains("diversion", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task No_number_is_told_in_clear()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
            await simulation.Network.CallOverTrunkAsync(new("+15550101234", "+15550199") { Patience = TimeSpan.FromSeconds(3) }));

        Assert.NotEmpty(simulation.History);
        Assert.DoesNotContain(simulation.History, told => told.What.Contains("5550101", StringComparison.Ordinal));
        Assert.Contains(simulation.History, told => told.What == "+1•••1234 dials +1•••0199");
    }

    private static Task<ApiAnswer> DispatchAsync(Simulation simulation, SipLeg leg) =>
        simulation.ApiAsync("AgentDispatchService/CreateDispatch", new() { ["room"] = leg.RoomName, ["agent_name"] = "a" }, leg.RoomName);

    private static string Summary(ReceivedRequest webhook)
    {
        var body = JsonNode.Parse(webhook.Text)!;
        var participant = body["participant"];
        var status = participant?["attributes"]?["sip.callStatus"];
        return string.Join(
            ' ',
            ((string?[])[(string?)body["event"], (string?)participant?["kind"], (string?)status, (string?)participant?["disconnectReason"]])
                .Where(word => word is not null));
    }

    private static IEnumerable<string> FieldsOf(JsonNode message) => message.AsObject().Select(field => field.Key);
}
