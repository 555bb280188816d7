using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.People;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost;

/// <summary>
/// The failures that a voice gateway has to live with, each over whole calls without a phone: the driver is the caller, the bot the agent.
/// </summary>
public sealed class FailureScenarioTests
{
    private static readonly Caller Driver = new("a browser", "the gateway") { Stays = Seconds(60) };

    [Fact]
    public async Task Driver_disconnects_mid_call()
    {
        var verdict = await PlayAsync(network => network.CallFromBrowserAsync(Driver, (Seconds(10), Seconds(3))));

        AssertOneCall(verdict, EndCause.CallerHangup);
        Assert.Equal(1, Assert.Single(verdict.Result.Rooms).Dispatches);
        Assert.Equal(2, verdict.Events.Count(told => told is { Name: LifecycleEventName.ParticipantJoined, Role: "caller" }));
    }

    [Fact]
    public async Task Driver_disconnects_mid_call_and_comes_back_when_it_is_over()
    {
        var patient = Driver with { Stays = TimeSpan.FromMinutes(10) };
        var verdict = await PlayAsync(network => network.CallFromBrowserAsync(patient, (Seconds(10), Seconds(90))));

        AssertOneCall(verdict, EndCause.CallerLost);
        Assert.Equal([1, 0], verdict.Result.Rooms.Select(room => room.Dispatches));
        Assert.Equal(CallEnd.OtherSideHungUp, verdict.Result.Experience.End);
        Assert.True(verdict.Result.Rooms[1].FinishedAt - verdict.Result.Rooms[1].CallerJoinedAt < Seconds(15));
    }

    [Fact]
    public async Task Bot_restarts()
    {
        var verdict = await PlayAsync(network =>
        {
            network.LiveKit.Agents = new(AgentBehaviour.DyingAfter(Seconds(10)), AgentBehaviour.Good);
            return network.CallFromBrowserAsync(Driver);
        });

        AssertOneCall(verdict, EndCause.CallerHangup);
        Assert.Equal((2, 1), (verdict.Result.Rooms[0].AgentsJoined, verdict.Result.Rooms[0].MostAgentsLive));
        Assert.Equal(2, verdict.Result.Experience.Heard.OfType<Heard.Agent>().Count());
    }

    [Fact]
    public async Task Human_joins_late()
    {
        var verdict = await PlayAsync(network => WithHumanAsync(network, Seconds(40)));

        AssertOneCall(verdict, EndCause.CallerHangup);
        Assert.True(verdict.Result.Experience.HeardHuman > TimeSpan.Zero);
        Assert.Equal(1, Assert.Single(verdict.Result.Rooms).Dispatches);
        Assert.Single(verdict.Events, told => told is { Name: LifecycleEventName.ParticipantJoined, Role: "human" });
        Assert.Single(verdict.Events, told => told is { Name: LifecycleEventName.ParticipantLeft, Role: "human" });
    }

    [Fact]
    public async Task Human_joins_when_it_is_over()
    {
        var verdict = await PlayAsync(network => WithHumanAsync(network, Seconds(90)));

        AssertOneCall(verdict, EndCause.CallerHangup);
        Assert.Equal(TimeSpan.Zero, verdict.Result.Experience.HeardHuman);
        Assert.Equal([1, 0], verdict.Result.Rooms.Select(room => room.Dispatches));
        Assert.True(verdict.Result.Rooms[1].FinishedAt - verdict.Result.Rooms[1].StartedAt < Seconds(1));
    }

    [Fact]
    public async Task Recording_fails()
    {
        var scenario = ScenarioCatalog.All.Single(one => one.Name == "recording-fails");

        var verdict = await SimulatedCall.PlayAsync(
            new CallOptions(scenario, new SeedRange(1, 1), DeliveryFaults.None), 1, null, null, TestContext.Current.CancellationToken);

        AssertOneCall(verdict, EndCause.CallerHangup);
        Assert.True(verdict.Result.Experience.HeardAgent > TimeSpan.Zero);
        Assert.Single(verdict.Events, told => told.Name == LifecycleEventName.RecordingFailed);
    }

    [Fact]
    public async Task Network_jitter()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var verdict = await PlayAsync(
                network => network.CallFromBrowserAsync(Driver, (Seconds(10), Seconds(1))),
                new DeliveryFaults { Duplicate = 0.5, Reorder = 0.5, Lose = 0.2 },
                seed);

            Assert.True(verdict.IsKept, $"seed {seed}: {string.Join("; ", verdict.Promises.Where(promise => !promise.Kept))}");
        }
    }

    [Fact]
    public async Task Duplicate_events()
    {
        var verdict = await PlayAsync(network => network.CallFromBrowserAsync(Driver), new DeliveryFaults { Duplicate = 1 });

        AssertOneCall(verdict, EndCause.CallerHangup);
        Assert.Equal(1, Assert.Single(verdict.Result.Rooms).Dispatches);
        Assert.Equal(verdict.Events.DistinctBy(told => told.Id).Count(), verdict.Events.Count);
    }

    /// <summary>A human gets a token while the call goes on, and joins with it so long after it began.</summary>
    private static async Task<CallerExperience> WithHumanAsync(PhoneNetwork network, TimeSpan joins)
    {
        var human = network.Time.Start(async () =>
        {
            await network.Time.Delay(Seconds(20), CancellationToken.None);
            var callId = network.LiveKit.Rooms[^1].Name.Split('_')[^1];
            var token = await network.Api.TokenAsync((await network.Api.AuthenticateAsync())!, callId, "human");
            await network.Time.Delay(joins - Seconds(20), CancellationToken.None);
            Assert.NotNull(network.LiveKit.Join(token!, new Visitor("") { SpeaksAfter = Seconds(1) }));
        });
        var experience = await network.CallFromBrowserAsync(Driver);
        await human;
        return experience;
    }

    private static void AssertOneCall(Verdict verdict, string cause)
    {
        Assert.DoesNotContain(verdict.Promises, promise => !promise.Kept);
        Assert.Single(verdict.Events, told => told.Name == LifecycleEventName.CallStarted);
        Assert.Equal(cause, Assert.Single(verdict.Events, told => told.Name == LifecycleEventName.CallEnded).Cause);
    }

    private static Task<Verdict> PlayAsync(
        Func<PhoneNetwork, Task<CallerExperience>> call, DeliveryFaults? faults = null, int seed = 1) =>
        SimulatedCall.PlayAsync(
            new CallOptions(
                new Scenario("failure", "A failure.") { Call = call }, new SeedRange(seed, seed), faults ?? DeliveryFaults.None),
            seed,
            null,
            null,
            TestContext.Current.CancellationToken);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
