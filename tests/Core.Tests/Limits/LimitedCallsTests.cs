using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Limits;

/// <summary>No more calls go on than there may be, and nobody who is one too many hears silence.</summary>
public sealed class LimitedCallsTests
{
    private const string OneCall = """ "maxConcurrentCalls":1 """;

    [Fact]
    public async Task A_caller_of_Twilio_who_is_one_too_many_hears_the_message_and_no_room_is_opened()
    {
        var bench = new LimitsBench(OneCall);

        var first = await bench.RingAsync(1);
        var second = await bench.RingAsync(2);

        Assert.Contains("<Sip", GatewayBench.TwimlOf(first), StringComparison.Ordinal);
        Assert.Equal("<Response><Say>Nobody is here.</Say><Hangup/></Response>", GatewayBench.TwimlOf(second));
        await bench.Gateway.DriveAsync(LimitsBench.CallOf(2));
        var record = await bench.RecordAsync(LimitsBench.CallOf(2));
        Assert.Equal(
            (EndCause.OverLimit, CallStatus.Failed, AdmissionAction.Message, AdmissionReason.RouteLimit),
            (record.EndCause, record.Status, record.Admission, record.AdmissionReason));
        Assert.Empty(bench.Gateway.LiveKit.Made);
    }

    [Fact]
    public async Task Or_the_routes_human()
    {
        var bench = new LimitsBench(""" "maxConcurrentCalls":1,"fallback":{"number":"+15550109999"} """);
        await bench.RingAsync(1);

        Assert.Contains("+15550109999", GatewayBench.TwimlOf(await bench.RingAsync(2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_is_free_again_when_its_call_has_ended()
    {
        var bench = new LimitsBench(OneCall);
        await bench.RingAsync(1);
        await bench.Gateway.DriveAsync(LimitsBench.CallOf(1));
        await bench.HangUpAsync(1);

        var state = await bench.Gateway.StateAsync(LimitsBench.CallOf(1));
        Assert.Equal(ClaimStatus.Done, state.Claims[CallEffect.LeavePlaces.ClaimKey].Status);
        Assert.Contains("<Sip", GatewayBench.TwimlOf(await bench.RingAsync(2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_comes_twice_gets_one_answer_and_takes_one_place()
    {
        var bench = new LimitsBench(""" "maxConcurrentCalls":2 """);

        var answers = new[] { await bench.RingAsync(1), await bench.RingAsync(1), await bench.RingAsync(2), await bench.RingAsync(3) };

        Assert.Equal(answers[0].Body.ToArray(), answers[1].Body.ToArray());
        Assert.Contains("<Sip", GatewayBench.TwimlOf(answers[2]), StringComparison.Ordinal);
        Assert.DoesNotContain("<Sip", GatewayBench.TwimlOf(answers[3]), StringComparison.Ordinal);
        Assert.Equal(answers[3].Body.ToArray(), (await bench.RingAsync(3)).Body.ToArray());
    }

    [Fact]
    public async Task A_caller_of_a_trunk_who_is_one_too_many_talks_to_the_human_and_no_agent_is_sent()
    {
        var bench = new LimitsBench(""" "maxConcurrentCalls":1,"fallback":{"number":"+15550109999"} """);

        await bench.ComeAsync(1);
        var second = await bench.ComeAsync(2);

        Assert.Single(bench.Gateway.LiveKit.Made);
        var state = await bench.Gateway.StateAsync(second);
        Assert.Equal(ClaimStatus.Done, state.Claims[CallEffect.CallHuman.ClaimKey].Status);
    }

    [Fact]
    public async Task Without_a_human_a_caller_of_a_trunk_is_not_kept_waiting()
    {
        var bench = new LimitsBench(OneCall);

        await bench.ComeAsync(1);
        var second = await bench.ComeAsync(2);

        Assert.Single(bench.Gateway.LiveKit.Made);
        Assert.Equal(EndCause.OverLimit, (await bench.RecordAsync(second)).EndCause);
    }

    [Theory]
    [InlineData("/call/start", "{}")]
    [InlineData("/session", "{}")]
    [InlineData("/calls", """{"to":"+493012345678"}""")]
    public async Task A_call_of_the_API_that_is_one_too_many_is_refused_leaves_nothing_and_may_come_again(string path, string body)
    {
        var bench = new LimitsBench(OneCall, """{"*":{"concurrentCalls":1}}""");
        await bench.RingAsync(1);

        var refused = await bench.AskAsync(path, body, "order-7");
        await bench.HangUpAsync(1);
        var begun = await bench.AskAsync(path, body, path == "/session" ? null : "order-7");

        Assert.Equal((429, "too-many-calls", 5), (refused.Status, GatewayBench.ProblemOf(refused), refused.RetryAfterSeconds));
        Assert.InRange(begun.Status, 200, 202);
    }

    [Fact]
    public async Task The_same_request_has_its_call_also_where_all_places_are_taken_meanwhile()
    {
        var bench = new LimitsBench(OneCall, """{"golf":{"concurrentCalls":1}}""");

        var first = await bench.AskAsync("/call/start", key: "order-7");
        var again = await bench.AskAsync("/call/start", key: "order-7");

        Assert.Equal((200, 200), (first.Status, again.Status));
        Assert.Equal(LimitsBench.CallIn(first, "call_id"), LimitsBench.CallIn(again, "call_id"));
        Assert.Equal(429, (await bench.AskAsync("/call/start", key: "order-8")).Status);
    }

    [Fact]
    public async Task Whoever_died_between_the_place_and_the_record_keeps_nobody_out_for_long()
    {
        var bench = new LimitsBench(OneCall, """{"golf":{"concurrentCalls":1}}""");
        bench.Gateway.Journal.Before = step => step == "Append" ? throw new JournalUnavailableException("gone") : Task.CompletedTask;
        Assert.Equal(503, (await bench.AskAsync("/call/start")).Status);
        bench.Gateway.Journal.Before = _ => Task.CompletedTask;

        Assert.Equal(429, (await bench.AskAsync("/call/start")).Status);
        bench.Gateway.Clock.Advance(PlaceDesk.Unrecorded);
        Assert.Equal(200, (await bench.AskAsync("/call/start")).Status);
    }

    [Fact]
    public async Task A_call_for_later_that_is_one_too_many_when_its_time_comes_ends_with_that_cause()
    {
        var bench = new LimitsBench(OneCall, """{"golf":{"concurrentCalls":1}}""");
        var later = bench.Gateway.Clock.GetUtcNow().AddMinutes(5);
        var asked = await bench.AskAsync("/calls", $$"""{"to":"+493012345678","notBefore":"{{later:O}}"}""");
        var callId = LimitsBench.CallIn(asked, "callId");
        await bench.RingAsync(1);

        bench.Gateway.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.Gateway.DriveAsync(callId);

        var record = await bench.RecordAsync(callId);
        Assert.Equal((EndCause.OverLimit, CallStatus.Failed), (record.EndCause, record.Status));
        Assert.Empty(bench.Gateway.LiveKit.Made);
    }

    [Fact]
    public async Task Where_nothing_is_limited_nothing_is_decided_or_stored()
    {
        var bench = new LimitsBench(""" "agent":{"name":"day"} """);

        await bench.RingAsync(1);

        Assert.Null((await bench.RecordAsync(LimitsBench.CallOf(1))).Admission);
        Assert.Empty((await bench.Gateway.StateAsync(LimitsBench.CallOf(1))).Claims);
    }
}
