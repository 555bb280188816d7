using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.Scenarios;

namespace VoiceFunctions.LocalHost;

/// <summary>A receiver of events with a bad day: nothing is lost, the order is kept, and the caller notices nothing.</summary>
public sealed class ReceiverTests
{
    [Theory]
    [InlineData("receiver-down")]
    [InlineData("receiver-slow")]
    [InlineData("receiver-refuses")]
    public async Task Every_event_of_the_call_gets_there(string name)
    {
        var verdict = await PlayAsync(name, DeliveryFaults.None);

        Assert.Equal([], verdict.Promises.Where(promise => !promise.Kept).Select(promise => promise.Text));
        Assert.Equal(
            verdict.Events.Select(told => told.Id).Order(StringComparer.Ordinal),
            verdict.Result.Receiver!.Received.Select(one => one.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_an_hour_is_asked_less_and_less_and_gets_each_event_once()
    {
        var receiver = (await PlayAsync("receiver-down", DeliveryFaults.None)).Result.Receiver!;

        Assert.Equal(receiver.Received.Count, receiver.Received.DistinctBy(one => one.Id).Count());
        Assert.InRange(receiver.Offers - receiver.Received.Count, 8, 40);
        Assert.Equal("call.started", receiver.Received[0].Type);
        Assert.Equal("room.deleted", receiver.Received[^1].Type);
    }

    [Fact]
    public async Task A_slow_receiver_sees_what_it_took_too_late_again_under_the_same_id()
    {
        var verdict = await PlayAsync("receiver-slow", DeliveryFaults.None);
        var received = verdict.Result.Receiver!.Received;

        Assert.True(received.Count > received.DistinctBy(one => one.Id).Count());
        Assert.All(received, one => Assert.Equal(one.Id, one.WebhookId));
        Assert.True(verdict.Result.Experience.HeardAgent > TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task What_was_refused_is_replayed_by_the_operator()
    {
        var receiver = (await PlayAsync("receiver-refuses", DeliveryFaults.None)).Result.Receiver!;

        Assert.True(receiver.Replayed >= 3);
        Assert.Contains(receiver.Received, one => one.Type == "call.ended");
    }

    private static Task<Verdict> PlayAsync(string name, DeliveryFaults faults) => SimulatedCall.PlayAsync(
        new CallOptions(ScenarioCatalog.All.Single(scenario => scenario.Name == name), new SeedRange(1, 1), faults),
        1,
        null,
        null,
        TestContext.Current.CancellationToken);
}
