using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Http;

public sealed class TwilioStatusRouteTests
{
    private readonly GatewayBench bench = new();

    [Fact]
    public async Task The_end_of_either_leg_is_journaled_under_the_callers_leg()
    {
        await StatusAsync("completed", 3);
        await bench.TwilioAsync(
            "/twilio/status",
            ("CallSid", GatewayBench.DialSid),
            ("ParentCallSid", GatewayBench.CallSid),
            ("CallStatus", "busy"),
            ("CallDuration", "0"),
            ("SequenceNumber", "2"));

        var state = await bench.StateAsync();
        Assert.Equal(new CallFact.TwilioLegEnded("completed", true), state.Twilio.CallerLegEnd!.Fact);
        Assert.Equal(new CallFact.TwilioLegEnded("busy", false) { Seconds = 0 }, state.Twilio.LiveKitLegEnd!.Fact);
    }

    [Fact]
    public async Task A_step_on_the_way_is_noted_and_changes_nothing()
    {
        await StatusAsync("ringing", 1);
        await StatusAsync("in-progress", 2);

        var state = await bench.StateAsync();
        Assert.Equal((null, null, false), (state.Twilio.CallerLegEnd, state.Twilio.LiveKitLegEnd, state.IsCall));
        Assert.Equal(2, (await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events.Count);
    }

    [Fact]
    public async Task A_repetition_is_journaled_once_and_a_status_alone_starts_no_workflow()
    {
        await StatusAsync("completed", 3);
        await StatusAsync("completed", 3);

        Assert.Single((await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events);
        Assert.Empty(bench.Workflows.Started);
        Assert.Equal(2, bench.Workflows.Signalled.Count);
    }

    [Fact]
    public async Task A_status_that_cannot_be_recorded_is_Twilios_to_repeat()
    {
        bench.Journal.IsDown = true;

        var response = await StatusAsync("completed", 3);

        Assert.Equal((503, 1), (response.Status, response.RetryAfterSeconds));
        Assert.Equal("not-recorded", GatewayBench.ProblemOf(response));
    }

    [Fact]
    public async Task An_authentic_status_that_cannot_be_read_is_answered_all_the_same() =>
        Assert.Equal((200, "<Response/>"), await bench.TwilioAsync("/twilio/status", ("CallSid", "nonsense")) is var response
            ? (response.Status, GatewayBench.TwimlOf(response))
            : default);

    private Task<GatewayResponse> StatusAsync(string status, int number) =>
        bench.TwilioAsync("/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", status), ("SequenceNumber", $"{number}"));
}
