using System.Text.Json.Nodes;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

public sealed class WireShapeTests
{
    private const string Room = "call_callee";

    private static readonly string[] Order = ["event", "room", "participant", "track", "id", "createdAt"];

    [Fact]
    public async Task Webhooks_have_the_fields_of_a_real_servers_webhooks()
    {
        var real = new Dictionary<string, Shape>();
        foreach (var webhook in LiveKitFixture.All.SelectMany(recording => recording.OwnWebhooks))
        {
            var body = webhook.Json;
            if (!real.TryGetValue(SortOf(body), out var shape))
            {
                real.Add(SortOf(body), shape = new Shape());
            }

            shape.Add(body);
        }

        await using var simulation = await PlayAsync();
        var ours = simulation.Gateway.Webhooks.Select(webhook => JsonNode.Parse(webhook.Text)!).ToList();

        Assert.Equal(
            [
                "participant_joined AGENT", "participant_joined SIP", "participant_left AGENT", "participant_left SIP", "room_finished",
                "room_started", "track_published", "track_unpublished",
            ],
            ours.Select(SortOf).Distinct().Order(StringComparer.Ordinal));
        Assert.All(ours, webhook => Assert.Empty(real[SortOf(webhook)].Differences(webhook, ".room.metadata")));
        Assert.All(ours, webhook =>
            Assert.Equal(Order.Where(webhook.AsObject().ContainsKey), webhook.AsObject().Select(field => field.Key)));
    }

    [Fact]
    public async Task Answers_have_the_fields_of_a_real_servers_answers()
    {
        var real = new Dictionary<string, Shape>();
        foreach (var call in LiveKitFixture.All.SelectMany(recording => recording.OwnCalls))
        {
            var isJson = ((string?)call.Entry["response"]!["headers"]!["content-type"])
                ?.StartsWith("application/json", StringComparison.Ordinal) is true;
            if (isJson && !call.Method.StartsWith("SIP/", StringComparison.Ordinal))
            {
                var sort = $"{call.Method} {call.Status}";
                if (!real.TryGetValue(sort, out var shape))
                {
                    real.Add(sort, shape = new Shape());
                }

                shape.Add(JsonNode.Parse(call.Answer)!);
            }
        }

        var answers = new List<(string Sort, JsonNode Body)>();
        await using var simulation = await PlayAsync(async playing =>
        {
            async Task Ask(string method, JsonObject message, string? room = Room)
            {
                var answer = await playing.ApiAsync(method, message, room);
                Assert.Equal("application/json", answer.ContentType);
                answers.Add(($"{method} {answer.Status}", answer.Json));
            }

            var agent = await playing.ApiAsync("AgentDispatchService/CreateDispatch", new() { ["room"] = Room, ["agentName"] = "a" }, Room);
            await playing.DelayAsync(6);
            await Ask("RoomService/CreateRoom", new() { ["name"] = "another" });
            await Ask("RoomService/CreateRoom", new() { ["name"] = new string('n', 300) });
            await Ask("RoomService/ListRooms", []);
            await Ask("RoomService/ListParticipants", new() { ["room"] = Room });
            await Ask("RoomService/GetParticipant", new() { ["room"] = Room, ["identity"] = "nobody" });
            await Ask("RoomService/RemoveParticipant", new() { ["room"] = Room, ["identity"] = "nobody" });
            await Ask("AgentDispatchService/CreateDispatch", new() { ["room"] = Room, ["agent_name"] = "b", ["metadata"] = "m" });
            await Ask("AgentDispatchService/ListDispatch", new() { ["room"] = Room });
            await Ask("AgentDispatchService/ListDispatch", new() { ["room"] = "missing" }, "missing");
            await Ask("AgentDispatchService/DeleteDispatch", new() { ["room"] = Room, ["dispatch_id"] = (string)agent.Json["id"]! });
            await Ask("AgentDispatchService/DeleteDispatch", new() { ["room"] = Room, ["dispatch_id"] = "AD_unknown" });
            await Ask("AgentDispatchService/DeleteDispatch", new() { ["room"] = "missing" }, "missing");
            await Ask("RoomService/DeleteRoom", new() { ["room"] = "missing" });
            await Ask("RoomService/DeleteRoom", new() { ["room"] = "another" });
        });

        Assert.All(answers, answer => Assert.Empty(real[answer.Sort].Differences(answer.Body)));
        var errors = answers.Where(answer => !answer.Sort.EndsWith("200", StringComparison.Ordinal))
            .Select(answer => (string)answer.Body["msg"]!)
            .Distinct();
        Assert.Equal(
            [
                "dispatch ID not found",
                "no response from servers",
                "participant does not exist",
                "requested room does not exist",
                "room name length exceeds limits: max length 256",
            ],
            errors.Select(message => message.Replace("twirp error unknown: ", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>A caller with an agent; then another one whose room is deleted.</summary>
    private static async Task<Simulation> PlayAsync(Func<Simulation, Task>? inTheMiddle = null)
    {
        var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new AgentScript(AgentBehaviour.Good);
        simulation.Network.LiveKit.Trunks = [new SipTrunk("ST_1", new SipDispatchRule.Callee("SDR_1", "call")
        {
            Metadata = "m",
            Attributes = new Dictionary<string, string> { ["tenant"] = "acme" },
        })];
        await simulation.RunAsync(async () =>
        {
            var leg = simulation.Network.LiveKit.PlaceCall(
                new InboundSipCall("+15550101234", "callee") { Headers = new Dictionary<string, string> { ["X-Call-Id"] = "c" } });
            await simulation.DelayAsync(1);
            await (inTheMiddle?.Invoke(simulation)
                ?? simulation.ApiAsync("AgentDispatchService/CreateDispatch", new() { ["room"] = Room, ["agent_name"] = "a" }, Room));
            await simulation.DelayAsync(10);
            leg.HangUp();
            await simulation.DelayAsync(30);
        });
        return simulation;
    }

    private static string SortOf(JsonNode webhook) =>
        $"{webhook["event"]} {(webhook["participant"]?["joinedAt"] is null ? "" : webhook["participant"]!["kind"] ?? "STANDARD")}".Trim();
}
