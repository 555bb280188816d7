using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Limits;

/// <summary>What a route does with callers before an agent is sent.</summary>
public sealed class ScreenedCallersTests
{
    private const string Cheap = """{"verdict":["passed-b","passed-c","none"],"then":"agent","agent":{"name":"cheap"}}""";
    private const string Refusing = """{"verdict":"failed","then":"reject"}""";

    [Theory]
    [InlineData("TN-Validation-Passed-A", "day")]
    [InlineData("TN-Validation-Passed-A-Diverted", "day")]
    [InlineData("TN-Validation-Passed-C-Passthrough", "cheap")]
    [InlineData("No-TN-Validation", "cheap")]
    [InlineData(null, "cheap")]
    public async Task The_verdict_on_the_callers_number_chooses_the_agent(string? verdict, string agent)
    {
        var bench = Bench(Cheap, Refusing);

        var answer = await bench.RingAsync(1, verdict: verdict);
        await JoinAsync(bench);

        Assert.Contains("<Sip", GatewayBench.TwimlOf(answer), StringComparison.Ordinal);
        Assert.Equal(agent, Assert.Single(bench.Gateway.LiveKit.Made).Request.AgentName);
    }

    [Theory]
    [InlineData("TN-Validation-Failed")]
    [InlineData("TN-Validation-Failed-B")]
    public async Task A_call_can_be_refused_with_the_busy_tone(string verdict)
    {
        var bench = Bench(Cheap, Refusing);

        var answer = await bench.RingAsync(1, verdict: verdict);
        await bench.Gateway.DriveAsync(LimitsBench.CallOf(1));

        Assert.Equal("""<Response><Reject reason="busy"/></Response>""", GatewayBench.TwimlOf(answer));
        var record = await bench.RecordAsync(LimitsBench.CallOf(1));
        Assert.Equal(
            (EndCause.Screened, AdmissionAction.Reject, AdmissionReason.CallerVerdict),
            (record.EndCause, record.Admission, record.AdmissionReason));
    }

    [Theory]
    [InlineData("busy", false, """<Response><Reject reason="busy"/></Response>""")]
    [InlineData("completed", true, "<Response><Hangup/></Response>")]
    public async Task So_can_one_that_was_dialled_to_LiveKit_before_it_was_decided_unless_it_was_answered(
        string status, bool wasBridged, string twiml)
    {
        var bench = Bench(Cheap, Refusing);
        await bench.RingAsync(1, verdict: "TN-Validation-Failed");
        await bench.Gateway.DriveAsync(LimitsBench.CallOf(1));

        Assert.Equal(twiml, GatewayBench.TwimlOf(await bench.DialEndedAsync(1, status, wasBridged)));
    }

    [Fact]
    public async Task A_caller_who_calls_too_often_hears_the_message_until_the_time_is_over()
    {
        var bench = Bench("""{"moreThan":{"calls":2,"minutes":10},"then":"message"}""");

        Assert.Equal((true, true, false), (await RingsAsync(1), await RingsAsync(2), await RingsAsync(3)));
        Assert.True(IsAnswered(await bench.RingAsync(4, from: "+15550100002")));
        Assert.Equal(AdmissionReason.CallerVelocity, (await bench.RecordAsync(LimitsBench.CallOf(3))).AdmissionReason);
        bench.Gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await RingsAsync(5));

        async Task<bool> RingsAsync(int number) => IsAnswered(await bench.RingAsync(number));
    }

    [Fact]
    public async Task A_request_that_comes_twice_counts_once()
    {
        var bench = Bench("""{"moreThan":{"calls":1,"minutes":10},"then":"message"}""");

        Assert.True(IsAnswered(await bench.RingAsync(1)));
        Assert.True(IsAnswered(await bench.RingAsync(1)));
        Assert.False(IsAnswered(await bench.RingAsync(2)));
    }

    [Fact]
    public async Task The_first_rule_that_fits_decides()
    {
        var bench = Bench("""{"from":"+1555","then":"accept"}""", Refusing);

        Assert.True(IsAnswered(await bench.RingAsync(1, verdict: "TN-Validation-Failed")));
        Assert.False(IsAnswered(await bench.RingAsync(2, from: "+493012345678", verdict: "TN-Validation-Failed")));
    }

    [Fact]
    public async Task A_caller_who_withheld_the_number_is_not_counted()
    {
        var bench = Bench("""{"moreThan":{"calls":1,"minutes":10},"then":"reject"}""");

        await bench.RingAsync(1, from: "anonymous");

        Assert.True(IsAnswered(await bench.RingAsync(2, from: "anonymous")));
    }

    [Fact]
    public async Task A_trunk_tells_no_verdict_so_that_rules_about_it_do_not_fit()
    {
        var bench = Bench(Refusing, """{"verdict":"none","then":"reject"}""");

        var callId = await bench.ComeAsync(1);

        Assert.Equal(AdmissionAction.Accept, (await bench.RecordAsync(callId)).Admission);
        Assert.Single(bench.Gateway.LiveKit.Made);
    }

    [Fact]
    public async Task A_caller_of_a_trunk_is_counted_and_refused_too()
    {
        var bench = Bench("""{"moreThan":{"calls":1,"minutes":10},"then":"reject"}""");

        await bench.ComeAsync(1);
        var second = await bench.ComeAsync(2);

        Assert.Equal(EndCause.Screened, (await bench.RecordAsync(second)).EndCause);
        Assert.Single(bench.Gateway.LiveKit.Made);
    }

    [Fact]
    public async Task Nothing_that_is_stored_of_a_decision_names_the_caller()
    {
        var bench = Bench("""{"moreThan":{"calls":1,"minutes":10},"then":"reject"}""");
        await bench.RingAsync(1);

        var state = await bench.Gateway.StateAsync(LimitsBench.CallOf(1));

        Assert.DoesNotContain("5550100001", $"{state.Screening.Verdict}", StringComparison.Ordinal);
        Assert.NotNull(state.Screening.Verdict);
    }

    private static LimitsBench Bench(params string[] rules) =>
        new($$""" "agent":{"name":"day"},"admission":[{{string.Join(',', rules)}}] """);

    private static bool IsAnswered(GatewayResponse answer) =>
        GatewayBench.TwimlOf(answer).Contains("<Sip", StringComparison.Ordinal);

    private static async Task JoinAsync(LimitsBench bench)
    {
        var room = $"call_{LimitsBench.CallOf(1)}";
        bench.Gateway.LiveKit.Open(room, "RM_1");
        await bench.Gateway.LiveKitAsync(GatewayBench.Webhook("participant_joined", "EV_1", GatewayBench.Caller(), room));
    }
}
