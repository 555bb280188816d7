using System.Xml.Linq;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Core.Http;

/// <summary>The line to a human: whom it rings, what they see, and that it never comes back to us.</summary>
public sealed class HumanLineTests
{
    private const string Human = "+15550100177";
    private const string Second = "+15550100178";
    private const string Third = "+15550100179";
    private const string Message = "<Response><Say>Nobody is here.</Say><Hangup/></Response>";
    private const string Hangup = "<Response><Hangup/></Response>";

    /// <summary>Twilio shows whoever it dials the caller's number, and refuses the Dial (error 13214) where that is none.</summary>
    [Theory]
    [InlineData("+15550100201", "+15550100123", null, null)]
    [InlineData("+15550100201", "+15550100123", "+15550100555", null)]
    [InlineData("anonymous", "+15550100123", null, "+15550100123")]
    [InlineData("anonymous", "+15550100123", "+15550100555", "+15550100123")]
    [InlineData("", "+15550100123", null, "+15550100123")]
    [InlineData("+266696687", "+15550100123", null, "+15550100123")]
    [InlineData("+7378742833", "+15550100123", null, "+15550100123")]
    [InlineData("client:alice", "+15550100123", null, "+15550100123")]
    [InlineData("sip:alice@example.com", "+15550100123", null, "+15550100123")]
    [InlineData("sim:DE0123456789abcdef", "+15550100123", null, "+15550100123")]
    [InlineData("whatsapp:+15550100201", "+15550100123", null, "+15550100123")]
    [InlineData("0301234", "+15550100123", null, "+15550100123")]
    [InlineData("client:alice", "client:support", "+15550100555", "+15550100555")]
    [InlineData("anonymous", "sip:support@example.com", "+15550100555", "+15550100555")]
    [InlineData("+15550100201", "client:support", "+15550100555", null)]
    [InlineData("client:alice", "client:support", null, null)]
    public async Task A_human_sees_the_caller_or_else_the_called_number_or_else_the_setting(
        string from, string to, string? setting, string? callerId)
    {
        var bench = new GatewayBench(null, (SettingNames.FallbackNumber, Human), (SettingNames.DefaultFromNumber, setting));
        var drained = new GatewayBench(
            null,
            (SettingNames.FallbackNumber, Human),
            (SettingNames.DefaultFromNumber, setting),
            (SettingNames.TelephonyEnabled, "false"));

        var afterLiveKit = Dialled(await ResultAsync(bench, "no-answer", from: from, to: to));
        var atOnce = Dialled(await drained.VoiceAsync(from, to));

        Assert.Equal((Human, callerId), (afterLiveKit.Value, afterLiveKit.Parent!.Attribute("callerId")?.Value));
        Assert.Equal((Human, callerId), (atOnce.Value, atOnce.Parent!.Attribute("callerId")?.Value));
    }

    [Theory]
    [InlineData("+15550100123", "+15550100201", null)]
    [InlineData("client:alice", "+15550100201", "+15550100555")]
    public async Task In_a_call_that_we_made_a_human_never_sees_the_number_that_we_called(string from, string to, string? callerId)
    {
        var drained = new GatewayBench(
            null,
            (SettingNames.FallbackNumber, Human),
            (SettingNames.DefaultFromNumber, "+15550100555"),
            (SettingNames.TelephonyEnabled, "false"));

        var dialled = Dialled(await drained.TwilioAsync(
            "/twilio/voice", ("CallSid", GatewayBench.CallSid), ("From", from), ("To", to), ("Direction", "outbound-api")));

        Assert.Equal((Human, callerId), (dialled.Value, dialled.Parent!.Attribute("callerId")?.Value));
    }

    [Theory]
    [InlineData("+15550100201", Human)]
    [InlineData("anonymous", Human)]
    [InlineData(Human, "+15550100123")]
    [InlineData("+15550100201", "sip:+15550100177@acme.sip.example.com")]
    [InlineData("+15550100201", "sip:15550100177@acme.sip.example.com")]
    [InlineData("sip:+15550100177@acme.sip.example.com", "+15550100123")]
    public async Task A_human_who_was_called_or_who_calls_is_not_called_back(string from, string to)
    {
        var bench = new GatewayBench(null, (SettingNames.FallbackNumber, Human));
        var drained = new GatewayBench(null, (SettingNames.FallbackNumber, Human), (SettingNames.TelephonyEnabled, "false"));

        Assert.Equal(Message, GatewayBench.TwimlOf(await ResultAsync(bench, "no-answer", from: from, to: to)));
        Assert.Equal(Message, GatewayBench.TwimlOf(await drained.VoiceAsync(from, to)));
    }

    [Theory]
    [InlineData("busy", "false")]
    [InlineData("no-answer", "false")]
    [InlineData("no-answer", null)]
    [InlineData("failed", "false")]
    [InlineData("canceled", "false")]
    [InlineData("completed", "false")]
    [InlineData("answered", "false")]
    [InlineData("a-word-of-tomorrow", null)]
    public async Task One_human_after_the_other_is_rung_and_then_the_message_is_said(string status, string? bridged)
    {
        var bench = Several("\"ringSeconds\":12,");

        var first = Dialled(await ResultAsync(bench, "no-answer"));
        var second = Dialled(await ResultAsync(bench, status, bridged, TargetOf(first)));
        var third = Dialled(await ResultAsync(bench, status, bridged, TargetOf(second)));
        var last = await ResultAsync(bench, status, bridged, TargetOf(third));

        Assert.Equal((Human, Second, Third), (first.Value, second.Value, third.Value));
        Assert.All([first, second, third], number => Assert.Equal("12", number.Parent!.Attribute("timeout")!.Value));
        Assert.Equal(Message, GatewayBench.TwimlOf(last));
    }

    [Theory]
    [InlineData("completed", "true", "in-progress")]
    [InlineData("completed", null, "in-progress")]
    [InlineData("completed", "true", "completed")]
    [InlineData("canceled", "false", "completed")]
    [InlineData("no-answer", null, "canceled")]
    public async Task A_caller_who_was_served_or_hung_up_is_not_rung_through_to_anybody_else(
        string status, string? bridged, string callStatus)
    {
        var bench = Several();

        Assert.Equal(Hangup, GatewayBench.TwimlOf(await ResultAsync(bench, status, bridged, "/twilio/dial-result?leg=human", callStatus)));
        Assert.Equal(
            Hangup, GatewayBench.TwimlOf(await ResultAsync(bench, status, bridged, "/twilio/dial-result?leg=human&index=1", callStatus)));
    }

    [Theory]
    [InlineData(Human, Second)]
    [InlineData(Second, Third)]
    public async Task Whose_number_was_called_is_passed_over(string called, string next)
    {
        var bench = Several(where: "default");
        var target = called == Human ? "/twilio/dial-result" : "/twilio/dial-result?leg=human";

        Assert.Equal(next, Dialled(await ResultAsync(bench, "no-answer", target: target, to: called)).Value);
    }

    [Theory]
    [InlineData("leg=human&index=7")]
    [InlineData("leg=human&index=2147483647")]
    [InlineData("leg=human&index=-1")]
    [InlineData("leg=human&index=")]
    [InlineData("leg=human&other=1")]
    public async Task A_human_whom_the_routes_no_longer_have_is_followed_by_the_message(string query) =>
        Assert.Equal(Message, GatewayBench.TwimlOf(await ResultAsync(Several(), "no-answer", target: $"/twilio/dial-result?{query}")));

    [Fact]
    public async Task A_result_that_cannot_be_read_leads_to_the_next_human_too() => Assert.Equal(
        Second,
        Dialled(await Several(where: "default").TwilioAsync("/twilio/dial-result?leg=human", ("DialCallStatus", "busy"))).Value);

    [Fact]
    public async Task The_message_is_spoken_in_the_language_and_voice_of_its_route()
    {
        const string Routes = """
            {"default":{"fallback":{"language":"en-GB"}},
             "routes":[{"prefix":"+49","fallback":{"message":"Später.","language":"de-DE","voice":"Polly.Vicki-Neural"}}]}
            """;
        var bench = new GatewayBench(null, (SettingNames.RoutesJson, Routes), (SettingNames.TelephonyEnabled, "false"));

        Assert.Equal(
            """<Response><Say voice="Polly.Vicki-Neural" language="de-DE">Später.</Say><Hangup/></Response>""",
            GatewayBench.TwimlOf(await bench.VoiceAsync(to: "+4930123456")));
        Assert.Equal(
            """<Response><Say language="en-GB">Nobody is here.</Say><Hangup/></Response>""",
            GatewayBench.TwimlOf(await bench.VoiceAsync()));
    }

    [Fact]
    public async Task Which_human_served_the_caller_stands_in_the_calls_story_and_in_its_record()
    {
        var bench = Several();
        await bench.VoiceAsync();
        var first = Dialled(await ResultAsync(bench, "no-answer"));
        var second = Dialled(await ResultAsync(bench, "busy", "false", TargetOf(first)));
        var third = Dialled(await ResultAsync(bench, "completed", "false", TargetOf(second)));
        await ResultAsync(bench, "completed", "true", TargetOf(third));
        await ResultAsync(bench, "completed", "true", TargetOf(third));

        var history = await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                ($"{GatewayBench.CallSid}:human:0:{GatewayBench.DialSid}", new CallFact.HumanDialEnded(0, "busy")),
                ($"{GatewayBench.CallSid}:human:1:{GatewayBench.DialSid}", new CallFact.HumanDialEnded(1, "declined")),
                ($"{GatewayBench.CallSid}:human:2:{GatewayBench.DialSid}", new CallFact.HumanDialEnded(2, "completed")),
            ],
            history.Events.Where(told => told.Fact is CallFact.HumanDialEnded)
                .Select(told => (told.Id, (CallFact.HumanDialEnded)told.Fact))
                .OrderBy(told => told.Id, StringComparer.Ordinal));
        Assert.Equal(3, CallDetailRecord.Of(await bench.StateAsync(), new RoomNaming("call")).ServedByHuman);
    }

    [Fact]
    public async Task A_drained_gateway_notes_the_human_and_begins_no_call()
    {
        var bench = new GatewayBench(null, (SettingNames.FallbackNumber, Human), (SettingNames.TelephonyEnabled, "false"));

        await ResultAsync(bench, "completed", "true", TargetOf(Dialled(await bench.VoiceAsync())));

        Assert.NotNull((await bench.StateAsync()).Twilio.HumanServed);
        Assert.False((await bench.StateAsync()).IsCall);
        Assert.Empty(bench.Workflows.Started);
    }

    [Fact]
    public async Task The_next_human_is_rung_whether_or_not_the_journal_is_there()
    {
        var (down, slow) = (Several(), Several());
        (down.Journal.IsDown, slow.Journal.Hangs) = (true, true);
        var stuck = ResultAsync(slow, "busy", "false", "/twilio/dial-result?leg=human");
        slow.Clock.Advance(TwilioVoiceHandler.RecordingBudget);

        Assert.Equal(Second, Dialled(await ResultAsync(down, "busy", "false", "/twilio/dial-result?leg=human")).Value);
        Assert.Equal(Second, Dialled(await stuck).Value);
    }

    private static GatewayBench Several(string more = "", string where = "routes")
    {
        var fallback = $$"""{ {{more}} "numbers":["{{Human}}","{{Second}}","{{Third}}"] }""";
        return new GatewayBench(
            null,
            (SettingNames.RoutesJson, where == "default"
                ? $$"""{"default":{"fallback":{{fallback}} } }"""
                : $$"""{"routes":[{"number":"{{GatewayBench.To}}","fallback":{{fallback}} }]}"""));
    }

    private static Task<GatewayResponse> ResultAsync(
        GatewayBench bench,
        string status,
        string? bridged = null,
        string target = "/twilio/dial-result",
        string callStatus = "in-progress",
        string from = GatewayBench.From,
        string to = GatewayBench.To) =>
        bench.TwilioAsync(
            target,
            [
                ("CallSid", GatewayBench.CallSid),
                ("From", from),
                ("To", to),
                ("CallStatus", callStatus),
                ("DialCallStatus", status),
                ("DialCallSid", GatewayBench.DialSid),
                .. bridged is null ? Array.Empty<(string, string)>() : [("DialBridged", bridged)],
            ]);

    private static XElement Dialled(GatewayResponse response) =>
        XDocument.Parse(GatewayBench.Text(response)).Descendants("Number").Single();

    /// <summary>The path and query that Twilio asks when the Dial is over; the fragment only configures the request.</summary>
    private static string TargetOf(XElement number) =>
        new Uri(number.Parent!.Attribute("action")!.Value.Split('#')[0]).PathAndQuery;
}
