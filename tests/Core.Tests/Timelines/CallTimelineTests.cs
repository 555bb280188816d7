using System.Text.Json;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Proofs;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Timelines;

public sealed class CallTimelineTests
{
    [Fact]
    public async Task The_lanes_are_always_the_same_ones_in_the_same_order() => Assert.Equal(
        [LaneName.Twilio, LaneName.LiveKit, LaneName.People, LaneName.Agent, LaneName.Gateway],
        (await TimelineAsync(await WrittenHistory.GoodAsync(), 100)).Lanes.Select(lane => lane.Name));

    [Fact]
    public async Task A_call_that_is_over_reaches_from_its_first_fact_to_the_last_that_happened()
    {
        var timeline = await TimelineAsync(await WrittenHistory.GoodAsync(), 4000);

        Assert.Equal((At(0), At(60), true), (timeline.From, timeline.To, timeline.IsOver));
    }

    [Fact]
    public async Task A_call_that_goes_on_reaches_to_now()
    {
        var timeline = await TimelineAsync(await new WrittenHistory().SeenAsync(Arrived(0), Joined(1)), 9);

        Assert.Equal((At(9), false), (timeline.To, timeline.IsOver));
    }

    [Fact]
    public async Task Who_is_there_is_a_span_and_who_is_heard_another()
    {
        var timeline = await TimelineAsync(await WrittenHistory.GoodAsync(), 100);

        var caller = Assert.Single(Lane(timeline, LaneName.People).Spans);
        Assert.Equal((At(1), At(30)), (caller.From, caller.To));
        Assert.Collection(
            Lane(timeline, LaneName.Agent).Spans,
            there => Assert.Equal((At(2), true), (there.From, there.Text.EndsWith("in the room", StringComparison.Ordinal))),
            heard => Assert.Equal((At(3), true), (heard.From, heard.Text.EndsWith("is heard", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_caller_is_in_silence_until_the_agent_is_heard()
    {
        var silence = Assert.Single((await TimelineAsync(await WrittenHistory.GoodAsync(), 100)).Silences);

        Assert.Equal((At(1), At(3)), (silence.From, silence.To));
    }

    [Fact]
    public async Task A_fact_stands_in_the_lane_of_whoever_it_is_about_with_the_step_that_saw_it_first()
    {
        var timeline = await TimelineAsync(await WrittenHistory.GoodAsync(), 100);

        var announced = Assert.Single(Lane(timeline, LaneName.Twilio).Marks);
        Assert.Equal(("Twilio announced the call", 1), (announced.Text, announced.Step));
        Assert.All(Lane(timeline, LaneName.People).Marks, mark => Assert.StartsWith("caller", mark.Text, StringComparison.Ordinal));
        Assert.Contains(Lane(timeline, LaneName.Gateway).Marks, mark => mark.Text == "claims dispatch:1" && mark.Id == "1");
    }

    [Fact]
    public async Task It_holds_no_phone_number()
    {
        var json = JsonSerializer.Serialize(
            await TimelineAsync(await WrittenHistory.GoodAsync(), 100), TimelineJson.Default.CallTimeline);

        Assert.DoesNotContain("+1", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/timeline", 404)]
    [InlineData("/calls/nonsense/timeline", 400)]
    public async Task A_call_that_nobody_knows_has_none(string path, int status) =>
        Assert.Equal(status, (await new GatewayBench().GetAsync(path)).Status);

    [Fact]
    public async Task The_operator_gets_it_over_HTTP()
    {
        var bench = new GatewayBench();
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();

        var answer = await bench.GetAsync($"/calls/{GatewayBench.Call}/timeline");

        Assert.Equal(200, answer.Status);
        Assert.Contains("\"name\":\"twilio\"", GatewayBench.Text(answer), StringComparison.Ordinal);
    }

    private static TimelineLane Lane(CallTimeline timeline, LaneName name) => timeline.Lanes.Single(lane => lane.Name == name);

    private static async Task<CallTimeline> TimelineAsync(WrittenHistory history, double now) =>
        TimelineReader.Of(new AuditTrail(Call, await history.RowsAsync()), At(now));
}
