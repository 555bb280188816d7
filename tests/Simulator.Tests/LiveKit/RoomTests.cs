using System.Text.Json.Nodes;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.Api;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

public sealed class RoomTests
{
    [Fact]
    public async Task An_empty_room_closes_when_its_time_is_up()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "a" });
            await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "b", ["emptyTimeout"] = 3 });
            await simulation.DelayAsync(400);
        });

        Assert.Equal([300, 3], simulation.Network.LiveKit.Rooms.Select(room => (room.FinishedAt - room.StartedAt)!.Value.TotalSeconds));
    }

    [Fact]
    public async Task Creating_a_room_that_lives_changes_nothing()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            var first = await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "a", ["metadata"] = "first" });
            var second = await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "a", ["metadata"] = "second" });
            await simulation.ApiAsync("RoomService/DeleteRoom", new() { ["room"] = "a" });
            var third = await simulation.ApiAsync("RoomService/CreateRoom", new() { ["name"] = "a" });

            Assert.Equal(first.Body, second.Body);
            Assert.NotEqual((string)first.Json["sid"]!, (string)third.Json["sid"]!);
        });
    }

    [Fact]
    public async Task Every_dispatch_brings_one_more_agent_also_into_a_room_that_was_not_there()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            await DispatchAsync(simulation);
            await DispatchAsync(simulation);
            await simulation.DelayAsync(1);
        });

        var room = Assert.Single(simulation.Network.LiveKit.Rooms);
        Assert.Equal((2, 2, 2), (room.Dispatches, room.AgentsJoined, room.MostAgentsLive));
    }

    [Fact]
    public async Task The_list_of_dispatches_has_an_unnamed_one_and_no_order()
    {
        await using var simulation = await Simulation.StartAsync();
        var orders = new HashSet<string>();

        await simulation.RunAsync(async () =>
        {
            await DispatchAsync(simulation);
            for (var i = 0; i < 20; i++)
            {
                var list = await simulation.ApiAsync("AgentDispatchService/ListDispatch", new() { ["room"] = "r" }, "r");
                orders.Add(string.Join(',', list.Json["agent_dispatches"]!.AsArray().Select(dispatch => (string)dispatch!["agent_name"]!)));
            }
        });

        Assert.Equal([",a", "a,"], orders.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 0)]
    public async Task Deleting_a_young_dispatch_leaves_its_agent_inside(int afterSeconds, int agentsLeft)
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
        {
            var dispatch = await DispatchAsync(simulation);
            await simulation.DelayAsync(afterSeconds);
            await simulation.ApiAsync(
                "AgentDispatchService/DeleteDispatch",
                new() { ["room"] = "r", ["dispatch_id"] = (string)dispatch["id"]! },
                "r");
            await simulation.DelayAsync(4);
            var inside = await simulation.ApiAsync("RoomService/ListParticipants", new() { ["room"] = "r" }, "r");
            Assert.Equal(agentsLeft, inside.Json["participants"]!.AsArray().Count);
        });
    }

    [Fact]
    public async Task A_dead_agent_is_listed_until_the_server_notices_and_its_job_runs_for_ever()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new(AgentBehaviour.DyingAfter(TimeSpan.FromSeconds(5)));

        await simulation.RunAsync(async () =>
        {
            await DispatchAsync(simulation);
            await simulation.DelayAsync(20);
            var before = await simulation.ApiAsync("RoomService/ListParticipants", new() { ["room"] = "r" }, "r");
            await simulation.DelayAsync(10);
            var after = await simulation.ApiAsync("RoomService/ListParticipants", new() { ["room"] = "r" }, "r");
            var jobs =
                (await simulation.ApiAsync("AgentDispatchService/ListDispatch", new() { ["room"] = "r" }, "r")).Json["agent_dispatches"]!
                    .AsArray();

            Assert.Equal("ACTIVE", (string)before.Json["participants"]![0]!["state"]!);
            Assert.Empty(after.Json["participants"]!.AsArray());
            Assert.Contains(jobs, dispatch =>
                dispatch!["state"]!["jobs"]!.AsArray() is [{ } job] && (string)job["state"]!["status"]! == "JS_RUNNING");
        });
        var left =
            Assert.Single(simulation.Gateway.Webhooks, webhook => webhook.Text.Contains("participant_left", StringComparison.Ordinal));
        Assert.Contains("CONNECTION_TIMEOUT", left.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_call_can_be_done_although_its_caller_is_told_nothing()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.ApiFaults =
            call => call is { Method: "AgentDispatchService/CreateDispatch", Number: 1 } ? new ApiFault.TimeOutDone() : null;

        await simulation.RunAsync(async () =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(4), simulation.Time.Clock);
            var token = Core.LiveKit.Tokens.LiveKitToken.Mint(
                simulation.Network.LiveKit.Key,
                Core.LiveKit.Tokens.LiveKitGrants.AdministerRoom("r"),
                simulation.Time.Clock.GetUtcNow(),
                TimeSpan.FromMinutes(5));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => simulation.ApiAsync(
                "AgentDispatchService/CreateDispatch", """{"room":"r","agent_name":"a"}""", token, cancellationToken: limit.Token));
            await DispatchAsync(simulation);
        });

        Assert.Equal(2, Assert.Single(simulation.Network.LiveKit.Rooms).Dispatches);
    }

    [Fact]
    public async Task Asking_for_the_dispatches_of_a_missing_room_takes_three_seconds()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.RunAsync(async () =>
            await simulation.ApiAsync("AgentDispatchService/ListDispatch", new() { ["room"] = "r" }, "r"));

        Assert.Equal(TimeSpan.FromSeconds(3), simulation.Now);
    }

    private static async Task<JsonObject> DispatchAsync(Simulation simulation) =>
        (await simulation.ApiAsync("AgentDispatchService/CreateDispatch", new() { ["room"] = "r", ["agent_name"] = "a" }, "r")).Json;
}
