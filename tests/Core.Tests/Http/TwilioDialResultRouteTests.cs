using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Core.Twilio.Documents;

namespace VoiceFunctions.Core.Http;

public sealed class TwilioDialResultRouteTests
{
    private const string Fallback = "<Response><Say>Nobody is here.</Say><Hangup/></Response>";
    private const string Hangup = "<Response><Hangup/></Response>";

    [Theory]
    [InlineData("completed", "true", "in-progress", Hangup, "completed", EndCause.DialCompleted)]
    [InlineData("answered", "true", "in-progress", Hangup, "completed", EndCause.DialCompleted)]
    [InlineData("completed", null, "in-progress", Hangup, "completed", EndCause.DialCompleted)]
    [InlineData("completed", "false", "in-progress", Fallback, "failed", EndCause.DialFailed)]
    [InlineData("busy", "false", "in-progress", Fallback, "busy", EndCause.DialBusy)]
    [InlineData("busy", null, "ringing", Fallback, "busy", EndCause.DialBusy)]
    [InlineData("no-answer", "false", "ringing", Fallback, "no-answer", EndCause.DialNoAnswer)]
    [InlineData("failed", "false", "ringing", Fallback, "failed", EndCause.DialFailed)]
    [InlineData("a-word-of-tomorrow", "false", "ringing", Fallback, "failed", EndCause.DialFailed)]
    [InlineData("canceled", "false", "ringing", Fallback, "canceled", EndCause.CallerHangup)]
    [InlineData("canceled", "false", "canceled", Hangup, "canceled", EndCause.CallerHangup)]
    [InlineData("no-answer", "false", "canceled", Hangup, "no-answer", EndCause.CallerHangup)]
    [InlineData("completed", "true", "completed", Hangup, "completed", EndCause.CallerHangup)]
    [InlineData("busy", "false", "a-word-of-tomorrow", Fallback, "busy", EndCause.DialBusy)]
    public async Task The_caller_whom_nobody_served_gets_the_fallback(
        string status, string? bridged, string callStatus, string twiml, string journaled, string cause)
    {
        var bench = new GatewayBench();
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();

        var response = await ResultAsync(bench, status, bridged, callStatus);

        Assert.Equal((200, Twiml.ContentType, twiml), (response.Status, response.ContentType, GatewayBench.TwimlOf(response)));
        Assert.Equal(journaled, Assert.IsType<CallFact.DialEnded>((await bench.StateAsync()).Twilio.DialEnd!.Fact).Status);
        Assert.Equal(
            new CallDecision.Do(new CallEffect.EndCall(cause)),
            CallPolicy.Next(await bench.StateAsync(), bench.Settings.Routes.Default.Timeouts, bench.Clock.GetUtcNow()));
    }

    [Theory]
    [InlineData(EndCause.NoAgent, Fallback)]
    [InlineData(EndCause.MaxDuration, Hangup)]
    [InlineData(EndCause.ApiEnd, Hangup)]
    [InlineData(EndCause.CallerHangup, Hangup)]
    public async Task A_caller_whom_we_released_for_want_of_an_agent_gets_the_fallback_although_the_Dial_was_answered(
        string cause, string twiml)
    {
        var bench = new GatewayBench();
        await bench.VoiceAsync();
        await EndAsync(bench, cause);

        Assert.Equal(twiml, GatewayBench.TwimlOf(await ResultAsync(bench, "completed", "true", "in-progress")));
    }

    [Theory]
    [InlineData("completed", "in-progress", Hangup)]
    [InlineData("no-answer", "ringing", Fallback)]
    [InlineData("no-answer", "canceled", Hangup)]
    public async Task The_answer_does_not_wait_for_the_journal_or_the_engine(string status, string callStatus, string twiml)
    {
        var down = new GatewayBench { Journal = { IsDown = true } };
        var slow = new GatewayBench { Journal = { Hangs = true } };
        var asleep = new GatewayBench { Workflows = { Failure = new InvalidOperationException("The engine is away.") } };
        var stuck = ResultAsync(slow, status, null, callStatus);
        slow.Clock.Advance(TwilioVoiceHandler.RecordingBudget);

        Assert.All(
            new[] { await ResultAsync(down, status, null, callStatus), await stuck, await ResultAsync(asleep, status, null, callStatus) },
            response => Assert.Equal((200, twiml), (response.Status, GatewayBench.TwimlOf(response))));
    }

    [Fact]
    public async Task A_repetition_is_journaled_once()
    {
        var bench = new GatewayBench();

        var first = await ResultAsync(bench, "busy", "false", "ringing");
        var second = await ResultAsync(bench, "busy", "false", "ringing");

        Assert.Equal(GatewayBench.TwimlOf(first), GatewayBench.TwimlOf(second));
        Assert.Single((await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events);
    }

    [Fact]
    public async Task The_fallback_is_the_routes_of_the_called_number()
    {
        var bench = new GatewayBench(
            null,
            (SettingNames.RoutesJson, """{"routes":[{"number":"+15550100123","fallback":{"number":"+15550109999"}}]}"""),
            (SettingNames.DefaultFromNumber, "+15550100555"));

        Assert.Equal(
            """<Response><Dial answerOnBridge="true" timeout="30" """
                + """action="https://voice.example.com/twilio/dial-result?leg=human#rc=2&amp;rp=ct,rt,5xx&amp;ct=2000&amp;rt=5000&amp;"""
                + """tt=15000" method="POST"><Number>+15550109999</Number></Dial></Response>""",
            GatewayBench.TwimlOf(await ResultAsync(bench, "busy", "false", "in-progress")));
    }

    [Theory]
    [InlineData("completed", "true", "in-progress", Hangup)]
    [InlineData("no-answer", "false", "in-progress", Fallback)]
    [InlineData("busy", "false", "ringing", Fallback)]
    [InlineData("no-answer", "false", "canceled", Hangup)]
    public async Task Where_the_human_does_not_answer_the_message_is_said_and_the_calls_story_stays_as_it_was(
        string status, string bridged, string callStatus, string twiml)
    {
        var bench = new GatewayBench();
        await bench.VoiceAsync();

        var response = await ResultAsync(bench, status, bridged, callStatus, "/twilio/dial-result?leg=human");

        Assert.Equal(twiml, GatewayBench.TwimlOf(response));
        Assert.Null((await bench.StateAsync()).Twilio.DialEnd);
    }

    [Fact]
    public async Task An_authentic_result_that_cannot_be_read_gets_the_fallback() =>
        Assert.Equal(
            Fallback,
            GatewayBench.TwimlOf(await new GatewayBench().TwilioAsync("/twilio/dial-result", ("DialCallStatus", "busy"))));

    private static Task<GatewayResponse> ResultAsync(
        GatewayBench bench, string status, string? bridged, string callStatus, string target = "/twilio/dial-result") =>
        bench.TwilioAsync(
            target,
            [
                ("CallSid", GatewayBench.CallSid),
                ("To", GatewayBench.To),
                ("From", GatewayBench.From),
                ("CallStatus", callStatus),
                ("DialCallStatus", status),
                ("DialCallSid", GatewayBench.DialSid),
                .. bridged is null ? Array.Empty<(string, string)>() : [("DialBridged", bridged)],
            ]);

    private static async Task EndAsync(GatewayBench bench, string cause)
    {
        var history = await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken);
        var end = new EffectClaim(CallEffect.EndCall.ClaimKey, ClaimStatus.Done, "us", 1, bench.Clock.GetUtcNow()) { Result = cause };
        await bench.Journal.CommitAsync(
            GatewayBench.Call,
            history.Version,
            new JournalChange([end], CallDetailRecord.Of(CallState.Of(history), new RoomNaming("call"))),
            TestContext.Current.CancellationToken);
    }
}
