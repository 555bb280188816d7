using System.Globalization;
using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost;

/// <summary>Whole calls over real HTTP, on a virtual clock.</summary>
public sealed class SimulatedCallTests
{
    private static readonly DeliveryFaults Rough = new() { Duplicate = 0.5, Reorder = 0.5, Lose = 0.2 };

    /// <summary>The calls whose witnesses do not agree on how long they were.</summary>
    private static readonly string[] Differing = ["ends-lost", "ghost-room"];

    /// <summary>How many bad networks each scenario is played over; eng/nightly.sh takes 200.</summary>
    private static readonly int Seeds =
        int.Parse(Environment.GetEnvironmentVariable("SCENARIO_SEEDS") ?? "6", CultureInfo.InvariantCulture);

    public static TheoryData<string> Scenarios => [.. ScenarioCatalog.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_scenario_keeps_every_promise(string name)
    {
        var verdict = await PlayAsync(name, 1, DeliveryFaults.None);

        Assert.Empty(Broken(verdict));
        Assert.Equal(Differing.Contains(name), verdict.Costs.Any(sheet => sheet.Disagreements.Count > 0));
    }

    [Fact]
    public async Task Two_hundred_calls_over_a_bad_network_get_one_agent_and_one_end_each()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var verdict = await PlayAsync("answered", seed, Rough);

            Assert.True(verdict.IsKept, $"seed {seed}: {string.Join("; ", Broken(verdict))}");
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_scenario_keeps_every_promise_over_a_bad_network(string name)
    {
        var needsAll = ScenarioCatalog.All.Single(scenario => scenario.Name == name).NeedsEveryWebhook;
        for (var seed = 1; seed <= (name == "tenant-day" ? (Seeds + 3) / 4 : Seeds); seed++)
        {
            var verdict = await PlayAsync(name, seed, needsAll ? Rough with { Lose = 0, Reorder = 0 } : Rough);

            Assert.True(verdict.IsKept, $"seed {seed}: {string.Join("; ", Broken(verdict))}");
        }
    }

    [Theory]
    [InlineData("answered", 3600)]
    [InlineData("answered", -3600)]
    [InlineData("agent-never-joins", 3600)]
    [InlineData("agent-never-joins", -3600)]
    [InlineData("sip-trunk", 86400)]
    public async Task A_wall_clock_that_jumps_in_the_middle_of_a_call_changes_nothing(string scenario, double seconds)
    {
        var options = Options(scenario, DeliveryFaults.None);
        using var told = new StringWriter();
        var usual = await SimulatedCall.PlayAsync(options, 1, null, null, TestContext.Current.CancellationToken);

        var jumped = await SimulatedCall.PlayAsync(
            options with { ClockJump = TimeSpan.FromSeconds(seconds) }, 1, told, null, TestContext.Current.CancellationToken);

        Assert.Empty(Broken(jumped));
        Assert.Equal(What(usual), What(jumped));
        Assert.Contains("The wall clock stands", told.ToString(), StringComparison.Ordinal);

        // What happens at one and the same time may be told in any order.
        static IEnumerable<string> What(Verdict verdict) => verdict.Events.Select(e => $"{e.Name} {e.Cause}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_caller_for_whom_no_agent_comes_reaches_the_human()
    {
        var verdict = await PlayAsync("agent-never-joins", 1, DeliveryFaults.None);

        Assert.True(verdict.Result.Experience.HeardHuman > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, verdict.Result.Experience.LongestSilence);
    }

    [Fact]
    public async Task Where_the_human_does_not_answer_either_the_message_is_said()
    {
        var verdict = await PlayAsync("nobody-at-all", 1, DeliveryFaults.None);

        Assert.Contains("nobody can take your call", verdict.CallerHeard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_human_who_presses_1_gets_the_caller_and_the_record_says_which_it_was()
    {
        var verdict = await PlayAsync("human-screened", 1, DeliveryFaults.None);

        Assert.Equal(TimeSpan.FromSeconds(30), verdict.Result.Experience.HeardHuman);
        Assert.DoesNotContain(verdict.Result.Experience.Heard, heard => heard is Heard.Message);
        Assert.Equal(
            ["Twilio's Dial to human 1 ended, declined", "Twilio's Dial to human 2 ended, completed"],
            verdict.Proofs.Single().Events.Select(told => told.What).Where(what => what.Contains("to human", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_voicemail_is_no_human()
    {
        var verdict = await PlayAsync("voicemail", 1, DeliveryFaults.None);

        Assert.Equal(TimeSpan.Zero, verdict.Result.Experience.HeardHuman);
        Assert.Contains("nobody can take your call", verdict.CallerHeard, StringComparison.Ordinal);
        Assert.DoesNotContain("greeting", verdict.CallerHeard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_close_two_jobs_come_the_caller_only_ever_has_one_agent_in_the_room()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var verdict = await PlayAsync("agents-race", seed, Rough);

            Assert.True(verdict.IsKept, $"seed {seed}: {string.Join("; ", Broken(verdict))}");
            Assert.Equal(1, Assert.Single(verdict.Result.Rooms).AgentsJoined);
        }
    }

    [Fact]
    public async Task The_same_seed_tells_the_same_story()
    {
        using var first = new StringWriter();
        using var second = new StringWriter();

        await SimulatedCall.PlayAsync(Options("answered", Rough), 7, first, null, TestContext.Current.CancellationToken);
        await SimulatedCall.PlayAsync(Options("answered", Rough), 7, second, null, TestContext.Current.CancellationToken);

        Assert.NotEmpty(first.ToString());
        Assert.Equal(Moments(first), Moments(second));
    }

    [Fact]
    public async Task A_story_shows_no_phone_number()
    {
        using var history = new StringWriter();

        await SimulatedCall.PlayAsync(Options("sip-trunk", DeliveryFaults.None), 1, history, null, TestContext.Current.CancellationToken);

        Assert.DoesNotMatch(@"\+\d{7}", history.ToString());
    }

    private static Task<Verdict> PlayAsync(string name, int seed, DeliveryFaults faults) =>
        SimulatedCall.PlayAsync(Options(name, faults), seed, null, null, TestContext.Current.CancellationToken);

    private static CallOptions Options(string name, DeliveryFaults faults) =>
        new(ScenarioCatalog.All.Single(scenario => scenario.Name == name), new SeedRange(1, 1), faults);

    private static IEnumerable<string> Broken(Verdict verdict) =>
        verdict.Promises.Where(promise => !promise.Kept).Select(promise => promise.Text);

    /// <summary>The lines in the order of their times: what happens at one and the same time may be told in any order.</summary>
    private static IEnumerable<string> Moments(StringWriter history) => history.ToString().Split('\n').Order(StringComparer.Ordinal);
}
