using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.Simulator.Tests.Scenarios;

/// <summary>The scenarios against a gateway that does just enough for a good day; the real one has its own tests.</summary>
public sealed class ScenarioTests
{
    /// <summary>This gateway has no API, and tells nobody of events.</summary>
    public static TheoryData<string> Names =>
        [.. ScenarioCatalog.All.Where(scenario => scenario is { IsAskedFor: false, HasReceiver: false }).Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_scenario_plays_to_its_end_and_its_rooms_close(string name)
    {
        var (result, _) = await PlayAsync(name, DeliveryFaults.None);

        // Only a gateway that asks, and asks again, closes the room of a ghost.
        Assert.All(result.Rooms, room => Assert.True(room.FinishedAt is not null || name is "livekit-dies" or "ghost-room"));
        var rooms = name switch
        {
            "busy-network" => 0,
            "over-the-limit" or "caller-floods" => 3,
            _ => 1,
        };
        Assert.Equal(rooms, result.Rooms.Count(room => !room.IsForeign));
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("sip-trunk")]
    [InlineData("browser")]
    [InlineData("long-call")]
    [InlineData("caller-hangs-up-while-ringing")]
    public async Task On_a_good_day_no_promise_is_broken(string name)
    {
        var (result, _) = await PlayAsync(name, DeliveryFaults.None);

        Assert.Empty(result.Broken);
    }

    [Fact]
    public async Task A_long_call_lasts_ten_minutes()
    {
        var (result, _) = await PlayAsync("long-call", DeliveryFaults.None);

        Assert.Equal(TimeSpan.FromMinutes(10), result.Experience.HeardAgent);
    }

    [Fact]
    public async Task A_second_agent_is_a_broken_promise()
    {
        var (result, _) = await PlayAsync("two-agents", DeliveryFaults.None);

        Assert.Equal(2, Assert.Single(result.Rooms).MostAgentsLive);
        Assert.Contains(result.Broken, broken => broken.StartsWith("2 agents at a time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_nobody_sends_an_agent_is_a_broken_promise()
    {
        var (result, _) = await PlayAsync(
            "sip-trunk", DeliveryFaults.None, simulation => simulation.Gateway.OnWebhook = (_, _) => Task.CompletedTask);

        Assert.Contains(result.Broken, broken => broken.StartsWith("nobody sent an agent into the room", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_left_alone_is_a_broken_promise()
    {
        var (result, _) = await PlayAsync("agent-never-joins", DeliveryFaults.None);

        Assert.Equal(["the caller heard neither a human nor a message"], result.Broken);
        Assert.Equal(CallEnd.OtherSideHungUp, result.Experience.End);
    }

    [Fact]
    public async Task With_faults_the_same_seed_tells_the_same_story_to_the_last_word()
    {
        var (_, first) = await PlayAsync("agent-dies", DeliveryFaults.Rough);
        for (var run = 0; run < 20; run++)
        {
            var (_, again) = await PlayAsync("agent-dies", DeliveryFaults.Rough);
            Assert.Equal(first, again);
        }
    }

    private static async Task<(ScenarioResult Result, string History)> PlayAsync(
        string name, DeliveryFaults faults, Action<Simulation>? change = null)
    {
        await using var simulation = await Simulation.StartAsync(new() { Seed = 5, Faults = faults });
        GoodDay.Script(simulation);
        change?.Invoke(simulation);
        ScenarioResult? result = null;
        await simulation.RunAsync(async () =>
            result = await ScenarioCatalog.All
                .Single(scenario => scenario.Name == name)
                .PlayAsync(simulation.Network, simulation.Gateway.Url, CancellationToken.None));
        return (result!, string.Join('\n', simulation.History.Select(told => $"{told.At:O} {told.Who} {told.What}")));
    }
}
