using System.Xml.Linq;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Http;

/// <summary>A human hears who calls and presses 1, so that a voicemail takes no call.</summary>
public sealed class TwilioScreenRouteTests
{
    private const string Human = "+15550100177";
    private const string Second = "+15550100178";
    private const string Hangup = "<Response><Hangup/></Response>";

    [Fact]
    public async Task A_human_is_told_who_calls_and_asked_for_a_key()
    {
        var bench = Screening();
        var (dial, number) = await DialledAsync(bench);

        var asked = Xml(await bench.TwilioAsync(TargetOf(number, "url"), HumansLeg()));

        Assert.Equal((Human, "POST"), (number.Value, Value(number, "method")));
        Assert.Equal("/twilio/dial-result?leg=human", TargetOf(dial, "action"));
        Assert.Equal(["Gather", "Hangup"], asked.Elements().Select(verb => verb.Name.LocalName));
        var gather = asked.Element("Gather")!;
        Assert.Equal(("1", "10", "POST"), (Value(gather, "numDigits"), Value(gather, "timeout"), Value(gather, "method")));
        Assert.Equal(TargetOf(number, "url"), TargetOf(gather, "action"));
        Assert.Equal(
            "A call from +1 5 5 5 0 1 0 0 0 0 1 for +1 5 5 5 0 1 0 0 1 2 3. Press 1 to take it.", gather.Element("Say")!.Value);
    }

    [Theory]
    [InlineData("1", "<Response/>")]
    [InlineData("2", Hangup)]
    [InlineData("*", Hangup)]
    [InlineData("", Hangup)]
    public async Task Who_presses_1_is_put_through_and_nobody_else(string digits, string twiml)
    {
        var bench = Screening();
        var (_, number) = await DialledAsync(bench);

        var answer = await bench.TwilioAsync(TargetOf(number, "url"), [.. HumansLeg(), ("Digits", digits)]);

        Assert.Equal(twiml, GatewayBench.TwimlOf(answer));
    }

    /// <summary>Twilio reports a leg that was answered and hung up on before it was connected as completed and not bridged.</summary>
    [Theory]
    [InlineData("completed", "false", Second)]
    [InlineData("answered", "false", Second)]
    [InlineData("completed", null, Second)]
    [InlineData("no-answer", "false", Second)]
    [InlineData("completed", "true", null)]
    [InlineData("answered", "true", null)]
    public async Task Whoever_did_not_take_the_call_is_followed_by_the_next_human(string status, string? bridged, string? next)
    {
        var bench = Screening();
        var (dial, _) = await DialledAsync(bench);

        var answer = await ResultAsync(bench, TargetOf(dial, "action"), status, bridged);

        Assert.Equal(next, Xml(answer).Descendants("Number").SingleOrDefault()?.Value);
        Assert.Equal(next is null, GatewayBench.TwimlOf(answer) == Hangup);
    }

    [Theory]
    [InlineData("anonymous", "a withheld number")]
    [InlineData("", "a withheld number")]
    [InlineData("client:alice_cooper", "alice cooper")]
    [InlineData("client:O'Brien & <Söhne> \"GmbH\"", "O'Brien Söhne GmbH")]
    [InlineData("client:{to}", "to")]
    [InlineData("client:<>&", "a withheld number")]
    [InlineData("client:1001", "1 0 0 1")]
    [InlineData("client:an unreasonably long name that goes on and on and on", "an unreasonably long name that goes on a")]
    [InlineData("sip:bob@example.com;transport=tls", "bob")]
    [InlineData("whatsapp:+15550100201", "whatsapp 15550100201")]
    public async Task Whoever_calls_has_a_name_that_can_be_said(string from, string spoken)
    {
        var bench = Screening();
        var (_, number) = await DialledAsync(bench, from);

        Assert.Equal(
            $"A call from {spoken} for +1 5 5 5 0 1 0 0 1 2 3. Press 1 to take it.",
            Xml(await bench.TwilioAsync(TargetOf(number, "url"), HumansLeg())).Descendants("Say").Single().Value);
    }

    [Fact]
    public async Task The_words_the_language_and_the_voice_are_the_routes()
    {
        var bench = Screening(
            """
            "language":"de-DE","voice":"Polly.Vicki-Neural","screenPrompt":"Anruf von {from} für {to}. Drücken Sie die 1, {from}.",
            "screenWithheld":"einer unbekannten Nummer",
            """);
        var (_, number) = await DialledAsync(bench, "anonymous");

        var say = Xml(await bench.TwilioAsync(TargetOf(number, "url"), HumansLeg())).Descendants("Say").Single();

        Assert.Equal(("de-DE", "Polly.Vicki-Neural"), (Value(say, "language"), Value(say, "voice")));
        Assert.Equal(
            "Anruf von einer unbekannten Nummer für +1 5 5 5 0 1 0 0 1 2 3. Drücken Sie die 1, einer unbekannten Nummer.", say.Value);
    }

    [Fact]
    public async Task In_a_call_that_we_made_the_route_is_our_own_numbers_and_whom_we_called_is_who_calls()
    {
        const string Routes = $$"""
            {"routes":[{"number":"{{GatewayBench.To}}","fallback":{"number":"{{Human}}","screen":true,"screenPrompt":"{from}, ours {to}"} },
                       {"prefix":"+4930","fallback":{"number":"{{Second}}","screen":true,"screenPrompt":"BERLIN"} }]}
            """;
        var bench = new GatewayBench(null, (SettingNames.RoutesJson, Routes), (SettingNames.TelephonyEnabled, "false"));
        var number = Xml(await bench.TwilioAsync(
            "/twilio/voice",
            ("CallSid", GatewayBench.CallSid), ("From", GatewayBench.To), ("To", "+49305550123"), ("Direction", "outbound-api")))
            .Descendants("Number").Single();

        Assert.Equal(Human, number.Value);
        Assert.Equal(
            "+4 9 3 0 5 5 5 0 1 2 3, ours +1 5 5 5 0 1 0 0 1 2 3",
            Xml(await bench.TwilioAsync(TargetOf(number, "url"), HumansLeg())).Descendants("Say").Single().Value);
    }

    [Fact]
    public async Task While_the_gateway_is_drained_a_human_is_asked_too()
    {
        var bench = Screening(telephony: "false");
        var number = Xml(await bench.VoiceAsync()).Descendants("Number").Single();

        var asked = await bench.TwilioAsync(TargetOf(number, "url"), HumansLeg());

        Assert.Contains("0 0 0 0 1 for", GatewayBench.Text(asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_needs_no_journal()
    {
        var bench = Screening();
        var (_, number) = await DialledAsync(bench);
        var usual = GatewayBench.Text(await bench.TwilioAsync(TargetOf(number, "url"), HumansLeg()));

        bench.Journal.IsDown = true;

        Assert.Equal(usual, GatewayBench.Text(await bench.TwilioAsync(TargetOf(number, "url"), HumansLeg())));
    }

    [Theory]
    [InlineData("/twilio/screen")]
    [InlineData("/twilio/screen?call=")]
    [InlineData("/twilio/screen?call=AAAA")]
    [InlineData("/twilio/screen?call=not base64")]
    [InlineData("/twilio/screen?call=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_the_calls_own_words_the_caller_id_is_said(string target) =>
        Assert.Equal(
            "A call from +1 5 5 5 0 1 0 0 0 0 1 for . Press 1 to take it.",
            Xml(await Screening().TwilioAsync(target, HumansLeg())).Descendants("Say").Single().Value);

    [Fact]
    public async Task No_URL_and_no_log_line_shows_who_calls_whom()
    {
        var bench = Screening();
        var (_, number) = await DialledAsync(bench, "client:alice");
        await bench.TwilioAsync(TargetOf(number, "url"), HumansLeg());
        await bench.TwilioAsync(TargetOf(number, "url"), [.. HumansLeg(), ("Digits", "1")]);

        string[] secrets = ["alice", "5550100123", "5550100177"];
        Assert.All(secrets, secret => Assert.All([.. bench.Loggers.Lines, Value(number, "url")!], line =>
            Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
        Assert.Contains(bench.Loggers.Lines, line =>
            line.Contains($"take call {GatewayBench.Call}: True", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_but_Twilio_is_answered() =>
        Assert.Equal(401, (await Screening().SendAsync("POST", "/twilio/screen", GatewayBench.Encode(("Digits", "1")))).Status);

    private static GatewayBench Screening(string more = "", string? telephony = null) => new(
        null,
        (SettingNames.TelephonyEnabled, telephony),
        (SettingNames.RoutesJson, $$"""
            {"routes":[{"number":"{{GatewayBench.To}}","fallback":{ {{more}} "numbers":["{{Human}}","{{Second}}"],"screen":true} }]}
            """));

    private static async Task<(XElement Dial, XElement Number)> DialledAsync(GatewayBench bench, string from = GatewayBench.From)
    {
        var dial = Xml(await ResultAsync(bench, "/twilio/dial-result", "no-answer", "false", from)).Element("Dial")!;
        return (dial, dial.Element("Number")!);
    }

    private static Task<GatewayResponse> ResultAsync(
        GatewayBench bench, string target, string status, string? bridged, string from = GatewayBench.From) =>
        bench.TwilioAsync(
            target,
            [
                ("CallSid", GatewayBench.CallSid),
                ("From", from),
                ("To", GatewayBench.To),
                ("CallStatus", "in-progress"),
                ("DialCallStatus", status),
                ("DialCallSid", GatewayBench.DialSid),
                .. bridged is null ? Array.Empty<(string, string)>() : [("DialBridged", bridged)],
            ]);

    /// <summary>What Twilio says about the human's leg: it has a sid of its own, and its From is the caller id that was shown.</summary>
    private static (string, string)[] HumansLeg() =>
    [
        ("CallSid", GatewayBench.DialSid),
        ("ParentCallSid", GatewayBench.CallSid),
        ("From", GatewayBench.From),
        ("To", Human),
        ("CallStatus", "in-progress"),
        ("Direction", "outbound-dial"),
    ];

    private static XElement Xml(GatewayResponse response) => XDocument.Parse(GatewayBench.Text(response)).Root!;

    private static string? Value(XElement element, string name) => element.Attribute(name)?.Value;

    private static string TargetOf(XElement element, string name) => new Uri(Value(element, name)!.Split('#')[0]).PathAndQuery;
}
