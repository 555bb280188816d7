using VoiceFunctions.Core.Costs;
using VoiceFunctions.LocalHost.Call;

namespace VoiceFunctions.LocalHost;

/// <summary>What whole calls cost, over real HTTP.</summary>
public sealed class CostScenarioTests
{
    [Fact]
    public async Task Twilio_LiveKit_and_the_gateway_agree_on_a_plain_call()
    {
        var sheet = await CostAsync("answered");

        Assert.True(sheet.IsFinal);
        Assert.Equal(["twilio", "livekit", "gateway"], sheet.Durations.Select(time => time.Witness));
        Assert.All(sheet.Durations, time => Assert.InRange(time.TalkSeconds!.Value, 29.9, 30.5));
        Assert.Empty(sheet.Disagreements);
        Assert.Equal(26_500, sheet.Lines.Where(line => line.Unit == "minute").Sum(line => line.MicroDollars));
        Assert.Equal(["azure.durable.request"], sheet.Unpriced);
    }

    [Fact]
    public async Task Where_the_end_of_a_leg_gets_lost_its_witnesses_disagree()
    {
        var sheet = await CostAsync("ends-lost");

        Assert.Equal(["twilio_livekit"], sheet.Disagreements.Select(one => one.Name));
        Assert.Null(sheet.Durations.Single(time => time.Witness == "twilio").Seconds);
        Assert.True(sheet.Lines.Single(line => line.Price == "twilio.inbound_minute").IsDerived);
    }

    [Fact]
    public async Task A_room_that_cannot_be_deleted_is_a_ghost_for_minutes()
    {
        var sheet = await CostAsync("ghost-room");

        Assert.Contains("ghost_room", sheet.Disagreements.Select(one => one.Name));
        Assert.Contains("twilio_livekit", sheet.Disagreements.Select(one => one.Name));
        var ghost = sheet.Waste.Single(waste => waste.Name == "ghost_room");
        Assert.InRange(ghost.Quantity, 70, 130);
        Assert.Contains("2 ghost-room minutes", ghost.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_whose_agent_comes_late_is_billed_for_silence()
    {
        var sheet = await CostAsync("agent-comes-late");

        Assert.InRange(sheet.Waste.Single(waste => waste.Name == "silence").Quantity, 10, 12);
        Assert.Equal(1, sheet.Waste.Single(waste => waste.Name == "agents_sent_again").Quantity);
    }

    [Fact]
    public async Task The_command_tells_the_durations_the_waste_and_the_bill()
    {
        using var output = new StringWriter();

        var exit = await Shell.RunAsync(
            ["call", "--cost", "--scenario", "answered"], _ => null, output, TextWriter.Null, TestContext.Current.CancellationToken);

        Assert.Equal(0, exit);
        var told = output.ToString();
        foreach (var words in (string[])["twilio", "30.0 s connected", "ghost-room minutes", "$0.008500", "no price", "in all    $0.0"])
        {
            Assert.Contains(words, told, StringComparison.Ordinal);
        }
    }

    private static async Task<CostSheet> CostAsync(string scenario)
    {
        var options = CallOptions.Of(scenario);
        var verdict = await SimulatedCall.PlayAsync(options, 1, null, null, TestContext.Current.CancellationToken);
        Assert.True(verdict.IsKept, string.Join('\n', verdict.Promises.Where(promise => !promise.Kept).Select(promise => promise.Text)));
        return Assert.Single(verdict.Costs);
    }
}
