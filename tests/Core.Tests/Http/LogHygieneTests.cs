using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Documents;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Http;

public sealed class LogHygieneTests
{
    private static readonly string[] Private =
    [
        "5550100001", "5550100123", "5550109999", "hunter2", "eyJ", "sip_", "RM_", "SDR_", "hello from the body", "client:bob",
        GatewayBench.RoomName,
    ];

    [Fact]
    public async Task No_line_about_a_call_holds_a_number_a_body_or_a_secret()
    {
        var bench = new GatewayBench();
        await WholeCallAsync(bench);
        await TroubleAsync(bench);

        Assert.True(bench.Loggers.Lines.Count > 25, $"{bench.Loggers.Lines.Count} lines");
        Assert.All(bench.Loggers.Lines, line =>
            Assert.All(Private, secret => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(bench.Loggers.Lines, line => line.Contains("+1•••0001", StringComparison.Ordinal));
        Assert.Contains(bench.Loggers.Lines, line => line.Contains(GatewayBench.Call.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_is_told_or_kept_in_claims_holds_a_number()
    {
        var bench = new GatewayBench();
        await WholeCallAsync(bench);

        var told = string.Join('\n', bench.Sink.Told);
        var claims = string.Join('\n', (await bench.StateAsync()).Claims.Values);
        Assert.Contains("CALL_ENDED", told, StringComparison.Ordinal);
        Assert.All(Private.Take(3), number => Assert.DoesNotContain(number, told + claims, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wherever_a_secret_is_planted_it_comes_out_nowhere()
    {
        const string DiagnosticsKey = "diagnostics-hunter2-key";
        const string SipPassword = "sip-hunter3-password";
        using var counted = new CountedReasons();
        var bench = new GatewayBench(
            DiagnosticsKey,
            (SettingNames.LiveKitSipUsername, "voice"),
            (SettingNames.LiveKitSipPassword, SipPassword),
            (SettingNames.LiveKitApiKeySecondary, "second"),
            (SettingNames.LiveKitApiSecretSecondary, "second-hunter2-second-hunter2-second"),
            (SettingNames.TwilioAuthTokenSecondary, "second-hunter2-token"));
        await PlantAsync(bench);
        await WholeCallAsync(bench);
        await LookAsync(bench, DiagnosticsKey);
        await PlantAsync(bench);
        using var proof = new MemoryStream();
        await (await bench.GetAsync($"/calls/{GatewayBench.Call}/proof", DiagnosticsKey)).WriteBodyAsync(
            proof, TestContext.Current.CancellationToken);
        var words = JsonNode.Parse(proof.ToArray())!.AsObject();
        var rows = new List<StoredRow>();
        foreach (var call in bench.Journal.Appended.Keys)
        {
            rows.AddRange(await bench.Journal.ReadRowsAsync(call, TestContext.Current.CancellationToken));
        }

        await TroubleAsync(bench);

        Assert.True(bench.Journal.Appended.Count > 40, $"{bench.Journal.Appended.Count} calls");
        Assert.NotEmpty(words["events"]!.AsArray());
        Assert.True(words.Remove("rows"));
        var logs = string.Join('\n', bench.Loggers.Lines);
        var tags = string.Join('\n', counted.Reasons);
        var answers = bench.Answers.Where(answer => !IsTwiml(answer)).Select(GatewayBench.Text).ToList();
        var problems = bench.Answers.Where(answer => answer.ContentType == Problem.ContentType).Select(GatewayBench.Text).ToList();
        var stored = rows.Select(row => string.Join(' ', row.Columns.Values)).ToList();
        string[] secrets = ["hunter2", SipPassword, GatewayBench.Fence.Of(GatewayBench.Call, 1), "eyJ"];
        foreach (var secret in secrets)
        {
            Assert.All([logs, tags, words.ToJsonString(), .. answers, .. stored], text =>
                Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        }

        Assert.All(bench.Answers.Where(IsTwiml), twiml =>
            Assert.DoesNotContain("hunter2", GatewayBench.Text(twiml), StringComparison.OrdinalIgnoreCase));
        foreach (var number in Private.Take(3))
        {
            Assert.All([logs, tags, words.ToJsonString(), .. problems], text =>
                Assert.DoesNotContain(number, text, StringComparison.Ordinal));
        }

        static bool IsTwiml(GatewayResponse answer) => answer.ContentType == Twiml.ContentType;
    }

    /// <summary>Secrets at every place where a sender can put one, from senders that sign and from others.</summary>
    private static async Task PlantAsync(GatewayBench bench)
    {
        foreach (var (row, number) in RawExcerptTests.Planted.Select((row, number) => (row.Data, number)))
        {
            var body = row.Replace("MARKER", "hunter2", StringComparison.Ordinal)
                .Replace("\"sid\":\"RM_1\"", $"\"sid\":\"RM_{number}\",\"name\":\"call_planted\"", StringComparison.Ordinal);
            await bench.LiveKitAsync(body);
            var named = $$"""{"event":"egress_updated","id":"EV_planted{{number}}","room":{"sid":"RM_{{number}}","name":"call_planted"},""";
            await bench.LiveKitAsync(body.StartsWith('{') ? named + body[1..] : body);
        }

        const string Fields = ""","metadata":"{\"apiKey\":\"hunter2\"}","credentials":"hunter2","turnPassword":"hunter2" """;
        await bench.LiveKitAsync(GatewayBench.Webhook("participant_joined", "EV_planted", GatewayBench.Caller(Fields).Replace(
            "\"sip.ruleID\"", "\"sip.h.proxy-authorization\":\"Digest hunter2\",\"sip.ruleID\"", StringComparison.Ordinal)));
        await bench.TwilioAsync(
            "/twilio/voice",
            ("CallSid", GatewayBench.CallSid),
            ("From", GatewayBench.From),
            ("To", GatewayBench.To),
            ("CallStatus", "ringing"),
            ("CallToken", "hunter2"),
            ("SipHeader_X-Password", "hunter2"),
            ("hunter2", "hunter2"));
        await bench.TwilioAsync("/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "hunter2"), ("hunter2", "x"));
        await bench.TwilioAsync(
            "/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "in-progress"), ("SpeechResult", "hunter2"));
        var claims = $$"""{"iss":"{{GatewayBench.Key.Id}}","sub":"hunter2","exp":{{bench.Clock.GetUtcNow().ToUnixTimeSeconds() + 60}}""";
        foreach (var authorization in new[]
        {
            "hunter2",
            "Bearer hunter2",
            "Basic aHVudGVyMg==",
            "Bearer hunter2.hunter2.hunter2",
            $"Bearer {RawJwt.Of(GatewayBench.Key.Secret, claims + ""","metadata":"hunter2"}""")}",
            $"Bearer {RawJwt.Of(GatewayBench.Key.Secret, claims + "}", """{"alg":"HS256","crit":["hunter2"]}""")}",
            $"Bearer {RawJwt.Of("hunter2", claims + "}")}",
        })
        {
            await LeaseAsync(bench, "AJ_9", authorization);
            var body = """{"fence":"hunter2","token":"hunter2"}"""u8.ToArray();
            await bench.SendAsync("POST", "/agents/lease?token=hunter2", body, ("Authorization", authorization));
            await bench.SendAsync("POST", "/livekit/webhook?token=hunter2", "hunter2"u8.ToArray(), ("Authorization", authorization));
            await bench.SendAsync("GET", "/readyz?code=hunter2", [], ("Authorization", authorization), ("Cookie", "hunter2"));
        }

        await bench.SendAsync("POST", "/twilio/voice?hunter2=1", "hunter2=hunter2"u8.ToArray(), (TwilioSignature.HeaderName, "hunter2"));
        await bench.SendAsync("GET", $"/calls/{GatewayBench.Call}?code=hunter2", [], (DiagnosticsAccess.HeaderName, "hunter2"));
        await bench.SendAsync("GET", "/calls/hunter2", [], (DiagnosticsAccess.HeaderName, "hunter2"));
        await bench.SendAsync("GET", "/hunter2", []);
        await bench.SendAsync("HUNTER2", "/calls", []);
    }

    /// <summary>What an operator sees.</summary>
    private static async Task LookAsync(GatewayBench bench, string key)
    {
        await bench.GetAsync($"/calls/{GatewayBench.Call}", key);
        await bench.GetAsync($"/calls?room={GatewayBench.RoomName}", key);
        await bench.GetAsync("/calls/hunter2", key);
        await bench.GetAsync("/calls?room=hunter2", key);
    }

    private static async Task WholeCallAsync(GatewayBench bench)
    {
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();
        await StepAsync(bench);
        await bench.LiveKitAsync(GatewayBench.Webhook(
            "participant_joined", "EV_agent", """{"sid":"PA_agent","identity":"agent-1","kind":"AGENT","state":"ACTIVE"}"""));
        await bench.LiveKitAsync(GatewayBench.Webhook(
            "participant_joined", "EV_agent2", """{"sid":"PA_agent2","identity":"agent-2","kind":"AGENT","state":"ACTIVE"}"""));
        await bench.LiveKitAsync(GatewayBench.Webhook("a_new_event", "EV_new", """{"sid":"PA_agent","metadata":"hello from the body"}"""));
        var grants = LiveKitGrants.JoinAsAgent(GatewayBench.RoomName);
        var token = LiveKitToken.MintFor(GatewayBench.Key, "agent-AJ_1", grants, bench.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        await LeaseAsync(bench, "AJ_1", $"Bearer {token}");
        await StepAsync(bench);
        await bench.TwilioAsync(
            "/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "in-progress"), ("From", GatewayBench.From));
        await bench.LiveKitAsync(
            GatewayBench.Webhook("participant_left", "EV_left", GatewayBench.Caller(",\"disconnectReason\":\"CLIENT_INITIATED\"")));
        await bench.TwilioAsync(
            "/twilio/dial-result",
            ("CallSid", GatewayBench.CallSid),
            ("DialCallStatus", "completed"),
            ("CallStatus", "completed"),
            ("To", GatewayBench.To));
        await StepAsync(bench);
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        await StepAsync(bench);
    }

    private static async Task TroubleAsync(GatewayBench bench)
    {
        await bench.VoiceAsync(from: "client:bob");
        await bench.SendAsync(
            "POST",
            "/twilio/voice",
            GatewayBench.Encode(("From", GatewayBench.From)),
            (TwilioSignature.HeaderName, "hunter2hunter2hunter2hunter2"));
        await bench.SendAsync("POST", "/livekit/webhook", "{}"u8.ToArray(), ("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJ9.x"));
        await LeaseAsync(bench, "AJ_hunter2", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJ9.x");
        await bench.TwilioAsync("/twilio/voice", ("From", GatewayBench.From));
        await bench.TwilioAsync("/twilio/dial-result", ("From", GatewayBench.From));
        await bench.TwilioAsync("/twilio/status", ("From", GatewayBench.From));
        bench.Workflows.Failure = new InvalidOperationException("The engine is away.");
        await bench.LiveKitAsync(GatewayBench.Webhook("room_started", "EV_asleep"));
        bench.Journal.IsDown = true;
        await bench.VoiceAsync();
        await bench.CallerJoinsAsync();
        await bench.TwilioAsync(
            "/twilio/dial-result", ("CallSid", GatewayBench.CallSid), ("DialCallStatus", "busy"), ("To", GatewayBench.To));
        await bench.TwilioAsync("/twilio/status", ("CallSid", GatewayBench.CallSid), ("CallStatus", "completed"));
        bench.Journal.IsDown = false;
        bench.Journal.Before = _ => throw new InvalidOperationException("unexpected");
        await bench.CallerJoinsAsync();
    }

    private static Task<GatewayResponse> LeaseAsync(GatewayBench bench, string job, string authorization) => bench.SendAsync(
        "POST",
        "/agents/lease",
        Encoding.UTF8.GetBytes(
            $$"""{"callId":"{{GatewayBench.Call}}","fence":"{{GatewayBench.Fence.Of(GatewayBench.Call, 1)}}","epoch":1"""
                + $$""","job":"{{job}}"}"""),
        ("Authorization", authorization));

    private static async Task StepAsync(GatewayBench bench)
    {
        while (await bench.Gateway.Calls.Advancer.EvaluateAsync(
            GatewayBench.Call, bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken) is { Decision: CallDecision.Do } look)
        {
            await bench.Gateway.Calls.Advancer.ExecuteAsync(look, TestContext.Current.CancellationToken);
        }
    }
}
