using System.Text.Json.Nodes;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Simulator.Tests.LiveKit;

/// <summary>Agents that ask the gateway whether they may speak.</summary>
public sealed class LeaseTests
{
    private const string Room = "call_x";
    private static readonly CallId Call = CallId.ForTwilio("CA1");

    [Fact]
    public async Task A_job_says_what_its_dispatch_said_and_proves_that_it_may_be_in_the_room()
    {
        await using var simulation = await Simulation.StartAsync();

        await PlayAsync(simulation);

        var asked = Assert.Single(simulation.Gateway.Leases);
        var body = JsonNode.Parse(asked.Text)!;
        Assert.Equal(
            (Call.Value, "the-fence", 1),
            ((string?)body["callId"], (string?)body["fence"], (int)body["epoch"]!));
        Assert.True(LiveKitToken.TryVerify(
            new LiveKitKeyring(simulation.Network.LiveKit.Key),
            asked.Headers["Authorization"],
            simulation.Time.Clock.GetUtcNow(),
            out var token));
        Assert.Equal(
            (LiveKitGrants.JoinAsAgent(Room), LiveKitTokenClaims.Agent, $"agent-{body["job"]}"),
            (token.Grants, token.Kind, token.Subject));
        Assert.Equal([$"agent-{body["job"]}"], Joined(simulation));
    }

    [Theory]
    [InlineData(409)]
    [InlineData(403)]
    [InlineData(401)]
    public async Task A_job_that_is_refused_never_joins(int status)
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Gateway.Lease = _ => status;

        await PlayAsync(simulation);

        Assert.Single(simulation.Gateway.Leases);
        Assert.Empty(Joined(simulation));
    }

    [Fact]
    public async Task Without_an_answer_a_job_asks_again_for_ten_seconds_and_then_leaves()
    {
        await using var patient = await Simulation.StartAsync();
        patient.Gateway.Lease = _ => patient.Gateway.Leases.Count() < 4 ? 503 : 200;
        await using var hopeless = await Simulation.StartAsync();
        hopeless.Gateway.Lease = _ => 503;

        await PlayAsync(patient);
        await PlayAsync(hopeless);

        Assert.Equal((4, 1), (patient.Gateway.Leases.Count(), Joined(patient).Count()));
        Assert.Equal((10, 0), (hopeless.Gateway.Leases.Count(), Joined(hopeless).Count()));
    }

    [Fact]
    public async Task A_job_of_somebody_elses_dispatch_asks_nobody()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Gateway.Lease = _ => 409;

        await PlayAsync(simulation, "{\"their\":\"own\"}");

        Assert.Empty(simulation.Gateway.Leases);
        Assert.Single(Joined(simulation));
    }

    [Fact]
    public async Task Of_two_jobs_for_one_dispatch_the_one_that_asks_second_stays_outside()
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new(AgentBehaviour.Twice);
        simulation.Gateway.Lease = _ => simulation.Gateway.Leases.Count() == 1 ? 200 : 409;

        await PlayAsync(simulation);

        var jobs = simulation.Gateway.Leases.Select(asked => (string)JsonNode.Parse(asked.Text)!["job"]!).ToList();
        Assert.Equal(2, jobs.Distinct().Count());
        Assert.Equal([$"agent-{jobs[0]}"], Joined(simulation));
        Assert.Equal(1, simulation.Network.LiveKit.Rooms[0].AgentsJoined);
    }

    [Theory]
    [InlineData(3, 200, 1, 1)]
    [InlineData(5, 200, 2, 1)]
    [InlineData(5, 409, 2, 0)]
    public async Task A_job_whose_connecting_outlasts_its_lease_asks_again_before_it_is_heard(
        int connects, int second, int asked, int heard)
    {
        await using var simulation = await Simulation.StartAsync();
        simulation.Network.LiveKit.Agents = new(AgentBehaviour.Good with { Connects = TimeSpan.FromSeconds(connects) });
        simulation.Gateway.Lease = _ => simulation.Gateway.Leases.Count() == 1 ? 200 : second;

        await PlayAsync(simulation);

        var agent = Assert.Single(simulation.Network.LiveKit.Rooms[0].Agents);
        Assert.Equal((asked, heard), (simulation.Gateway.Leases.Count(), agent.AudibleAt is null ? 0 : 1));
        Assert.Equal(heard == 0, agent.LeftAt is not null);
    }

    private static Task PlayAsync(Simulation simulation, string? metadata = null) => simulation.RunAsync(async () =>
    {
        await simulation.ApiAsync(
            "AgentDispatchService/CreateDispatch",
            new()
            {
                ["room"] = Room,
                ["agent_name"] = "a",
                ["metadata"] = metadata ?? DispatchMetadata.Of(Call, 1, "the-fence", new AgentConfig("a"), SomeFence.Job),
            },
            Room);
        await simulation.DelayAsync(20);
    });

    private static IEnumerable<string> Joined(Simulation simulation) => simulation.Gateway.Webhooks
        .Select(webhook => JsonNode.Parse(webhook.Text)!)
        .Where(webhook => (string)webhook["event"]! == "participant_joined")
        .Select(webhook => (string)webhook["participant"]!["identity"]!);
}
