using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.People;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Simulator.Tests.Scenarios;

/// <summary>Gateways that do harm to other people, one each: the network says which promise they broke.</summary>
public sealed class BelongingPromisesTests
{
    private const string Meeting = "meeting-42";
    private static readonly InboundSipCall Call = new("+15550101234", "+15550199");

    [Fact]
    public async Task Asking_about_somebody_elses_room_is_a_broken_promise()
    {
        var broken = await PlayAsync(async (simulation, _) =>
        {
            simulation.Network.LiveKit.Come(Meeting, new Visitor("anna"));
            await simulation.ApiAsync("RoomService/ListParticipants", new() { ["room"] = Meeting }, Meeting);
            await simulation.ApiAsync("RoomService/ListRooms", []);
        });

        Assert.Equal(["somebody else's room meeting-42 was not left alone: RoomService/ListParticipants"], broken);
    }

    [Fact]
    public async Task Putting_somebody_elses_agent_out_is_a_broken_promise()
    {
        var broken = await PlayAsync(async (simulation, room) =>
        {
            simulation.Network.LiveKit.Helpers = new Dictionary<string, AgentBehaviour> { ["transcriber"] = AgentBehaviour.Silent };
            simulation.Network.LiveKit.Dispatch(room, "transcriber");
            await simulation.DelayAsync(2);
            var listed = await simulation.ApiAsync("RoomService/ListParticipants", new() { ["room"] = room }, room);
            var helper = listed.Json["participants"]!.AsArray().Single(one => (string?)one!["kind"] == "AGENT")!;
            await simulation.ApiAsync(
                "RoomService/RemoveParticipant", new() { ["room"] = room, ["identity"] = (string)helper["identity"]! }, room);
        });

        Assert.Contains("who is not the gateway's, was put out of the room", Assert.Single(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_an_agent_to_people_who_talk_is_a_broken_promise()
    {
        var broken = await PlayAsync(async (simulation, room) =>
        {
            simulation.Network.LiveKit.Come(room, new Visitor("operator-7"));
            await simulation.DelayAsync(3);
            await simulation.ApiAsync("AgentDispatchService/CreateDispatch", new() { ["room"] = room, ["agent_name"] = "a" }, room);
        });

        Assert.Contains("an agent was sent into the room", Assert.Single(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_a_room_under_people_is_a_broken_promise()
    {
        var broken = await PlayAsync(async (simulation, room) =>
        {
            simulation.Network.LiveKit.Come(room, new Visitor("operator-7"));
            await simulation.DelayAsync(3);
            await simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = room });
        });

        Assert.Contains("was deleted under operator-7", Assert.Single(broken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(5, true)]
    public async Task A_human_who_rings_on_after_the_caller_went_is_a_broken_promise(double released, bool isBroken)
    {
        var broken = await PlayAsync(DialAsync, async (simulation, room) =>
        {
            await simulation.DelayAsync(released);
            await simulation.ApiAsync("RoomService/RemoveParticipant", new() { ["room"] = room, ["identity"] = "human_x" }, room);
        });

        Assert.Equal(isBroken, broken.Any(what => what.StartsWith("human_x was left on the line", StringComparison.Ordinal)));

        static async Task DialAsync(Simulation simulation, string room)
        {
            var message = new JsonObject
            {
                ["sip_trunk_id"] = simulation.Network.Setup.LiveKit.OutboundTrunkId,
                ["sip_call_to"] = "+15550100177",
                ["room_name"] = room,
                ["participant_identity"] = "human_x",
            };
            var token = LiveKitToken.Mint(
                simulation.Network.LiveKit.Key, LiveKitGrants.PlaceCalls, simulation.Time.Clock.GetUtcNow(), TimeSpan.FromMinutes(5));
            await simulation.ApiAsync("SIP/CreateSIPParticipant", message.ToJsonString(), token);
            await simulation.DelayAsync(1);
        }
    }

    /// <summary>A caller is in a room while something happens, hangs up, and something else happens.</summary>
    private static async Task<IReadOnlyList<string>> PlayAsync(
        Func<Simulation, string, Task> during, Func<Simulation, string, Task>? after = null)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(Call);
            await leg.Ringing;
            await during(simulation, leg.RoomName!);
            leg.HangUp();
            await (after?.Invoke(simulation, leg.RoomName!) ?? Task.CompletedTask);
            await simulation.DelayAsync(1);
        });
        return [.. BelongingPromises.Broken(simulation.Network.LiveKit.Rooms, TimeSpan.Zero)];
    }
}
