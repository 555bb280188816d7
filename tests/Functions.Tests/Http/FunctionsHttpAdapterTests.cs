using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Http;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Http;

public sealed class FunctionsHttpAdapterTests
{
    private readonly FunctionApp app = new();

    [Theory]
    [InlineData("/twilio/voice")]
    [InlineData("/twilio/voice?a=%41%2e&b=1+2&c='x'")]
    [InlineData("/Twilio/Voice")]
    [InlineData("/twilio/VOICE/?a=b")]
    public async Task The_signature_is_checked_over_the_target_as_it_was_sent(string target)
    {
        var doors = new TwilioFunctions(app.Front);
        var request = TwilioRequest.Arrival("https://voice.example.com" + target, "https://inner.azurewebsites.net" + target);

        var response = (TestResponse)await doors.VoiceAsync(request, app.Client, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.StartsWith("text/xml", response.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("<Dial", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_is_not_signed_is_refused_with_a_problem()
    {
        var request = new TestRequest("POST", "https://voice.example.com/livekit/webhook", "{}"u8.ToArray());

        var response =
            (TestResponse)await new LiveKitFunctions(app.Front).WebhookAsync(request, app.Client, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(Problem.ContentType, response.Header("Content-Type"));
        Assert.Contains("urn:voicefunctions:problem:bad-signature", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_the_cap_is_too_large()
    {
        var request = new TestRequest("POST", "https://voice.example.com/twilio/voice", new byte[GatewayRoutes.TwilioMaxBodyBytes + 1]);

        var response = await new TwilioFunctions(app.Front).VoiceAsync(request, app.Client, TestContext.Current.CancellationToken);

        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_recorded_is_to_be_sent_again()
    {
        app.Journal.IsAway = true;
        app.LiveKit.Join("call_trunk-1", PhoneCall.Caller);

        var status = await app.DeliverAsync(app.Webhooks.Dequeue(), TestContext.Current.CancellationToken);

        Assert.Equal(503, status);
    }

    [Fact]
    public async Task A_page_of_the_settings_is_answered_before_it_asks_although_no_functions_method_is_OPTIONS()
    {
        const string Page = "https://app.example.com";
        var open = new FunctionApp(null, (AccessSettingNames.CorsAllowedOrigins, Page));
        var request = new TestRequest("OPTIONS", "https://voice.example.com/calls", []);
        request.Headers.Add("Origin", Page);
        request.Headers.Add("Access-Control-Request-Method", "POST");

        var response = (TestResponse)await new UnroutedFunction(open.Front).AnswerAsync(
            request, open.Client, TestContext.Current.CancellationToken);

        Assert.Equal((200, Page), ((int)response.StatusCode, response.Header("Access-Control-Allow-Origin")));
        Assert.Equal("POST, GET, HEAD", response.Header("Access-Control-Allow-Methods"));
    }

    [Fact]
    public async Task The_moment_to_send_again_is_told()
    {
        app.Journal.IsAway = true;
        var request = TwilioRequest.LiveKitLegEnded("https://voice.example.com/twilio/status");

        var response =
            (TestResponse)await new TwilioFunctions(app.Front).StatusAsync(request, app.Client, TestContext.Current.CancellationToken);

        Assert.Equal((503, "1"), ((int)response.StatusCode, response.Header("Retry-After")));
    }

    [Fact]
    public async Task Health_needs_neither_signature_nor_engine()
    {
        var request = new TestRequest("GET", "https://voice.example.com/healthz", []);

        var response = (TestResponse)await new HealthFunctions(app.Front).HealthAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((200, "application/json"), ((int)response.StatusCode, response.Header("Content-Type")));
        Assert.Equal(("no-store", "nosniff"), (response.Header("Cache-Control"), response.Header("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_body_beyond_the_cap_is_not_read_and_neither_is_that_of_a_stranger()
    {
        var tooLarge =
            new TestRequest("POST", "https://voice.example.com/livekit/webhook", new byte[GatewayRoutes.LiveKitMaxBodyBytes + 1]);
        var unsigned = new TestRequest("POST", "https://voice.example.com/livekit/webhook", new byte[GatewayRoutes.LiveKitMaxBodyBytes]);
        var doors = new LiveKitFunctions(app.Front);

        var first = await doors.WebhookAsync(tooLarge, app.Client, TestContext.Current.CancellationToken);
        var second = await doors.WebhookAsync(unsigned, app.Client, TestContext.Current.CancellationToken);

        Assert.Equal((413, 401), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal((0, 0), (tooLarge.Body.Position, unsigned.Body.Position));
    }

    [Fact]
    public async Task A_probe_that_asks_with_HEAD_gets_the_same_headers_and_no_body()
    {
        var doors = new HealthFunctions(app.Front);
        var stop = TestContext.Current.CancellationToken;

        var health = (TestResponse)await doors.HealthAsync(new TestRequest("HEAD", "https://voice.example.com/healthz", []), stop);
        var ready = (TestResponse)await doors.ReadyAsync(new TestRequest("HEAD", "https://voice.example.com/readyz", []), stop);

        Assert.Equal((200, "application/json", ""), ((int)health.StatusCode, health.Header("Content-Type"), health.Text));
        Assert.Equal((200, "application/json", ""), ((int)ready.StatusCode, ready.Header("Content-Type"), ready.Text));
    }

    [Theory]
    [InlineData("GET", "/", 404, "unknown-route", null)]
    [InlineData("POST", "/twilio/voice/more?a=b", 404, "unknown-route", null)]
    [InlineData("PROPFIND", "/nothing", 404, "unknown-route", null)]
    [InlineData("GET", "/Twilio/Voice/?a=b", 405, "wrong-method", "POST")]
    [InlineData("DELETE", "/calls/abc", 405, "wrong-method", "GET,HEAD")]
    public async Task What_no_other_door_takes_gets_a_problem(string method, string target, int status, string type, string? allow)
    {
        var request = new TestRequest(method, $"https://voice.example.com{target}", "{}"u8.ToArray());

        var response = (TestResponse)await new UnroutedFunction(app.Front)
            .AnswerAsync(request, app.Client, TestContext.Current.CancellationToken);

        Assert.Equal((status, allow), ((int)response.StatusCode, response.Header("Allow")));
        Assert.Equal(Problem.ContentType, response.Header("Content-Type"));
        Assert.Contains($"urn:voicefunctions:problem:{type}\"", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.4/prefix/twilio/voice", 200)]
    [InlineData("http://10.0.0.4/other/twilio/voice", 404)]
    public async Task A_call_behind_the_prefix_that_a_proxy_left_on_is_served_and_started(string url, int status)
    {
        var behind = new FunctionApp(changes: (SettingNames.PublicUrl, "https://voice.example.com/prefix"));
        var request = TwilioRequest.Arrival("https://voice.example.com/prefix/twilio/voice", url);

        var response = (TestResponse)await new UnroutedFunction(behind.Front)
            .AnswerAsync(request, behind.Client, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200, (await behind.Journal.ReadAsync(
            CallId.ForTwilio(TwilioRequest.CallSid), TestContext.Current.CancellationToken)).Events.Count == 1);
    }

    [Fact]
    public async Task A_calls_record_is_shown_to_whoever_brings_the_diagnostics_key()
    {
        const string Key = "a-key-of-this-test";
        var keyed = new FunctionApp(null, (SettingNames.DiagnosticsKey, Key));
        var call = new PhoneCall(keyed);
        await call.TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var doors = new DiagnosticsFunctions(keyed.Front);
        var url = $"https://voice.example.com/calls/{call.Id}";
        var withKey = new TestRequest("GET", url, [], (DiagnosticsAccess.HeaderName, Key));
        var withCode = new TestRequest("GET", $"{url}?code={Key}", []);

        var shown = (TestResponse)await doors.CallAsync(withKey, TestContext.Current.CancellationToken);
        var closed = await doors.CallAsync(withCode, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)shown.StatusCode);
        Assert.Contains("\"status\":\"ended\"", shown.Text, StringComparison.Ordinal);
        Assert.Equal(401, (int)closed.StatusCode);
    }

    [Fact]
    public async Task A_calls_proof_is_streamed_into_the_hosts_answer()
    {
        const string Key = "a-key-of-this-test";
        var keyed = new FunctionApp(null, (SettingNames.DiagnosticsKey, Key));
        var call = new PhoneCall(keyed);
        await call.TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var url = $"https://voice.example.com/calls/{call.Id}/proof";
        var doors = new DiagnosticsFunctions(keyed.Front);

        var get = (TestResponse)await doors.CallProofAsync(
            new TestRequest("GET", url, [], (DiagnosticsAccess.HeaderName, Key)), TestContext.Current.CancellationToken);
        var head = (TestResponse)await doors.CallProofAsync(
            new TestRequest("HEAD", url, [], (DiagnosticsAccess.HeaderName, Key)), TestContext.Current.CancellationToken);

        Assert.Contains($"\"callId\":\"{call.Id}\"", get.Text, StringComparison.Ordinal);
        Assert.Equal((200, "application/json", ""), ((int)head.StatusCode, head.Header("Content-Type"), head.Text));
    }

    [Fact]
    public async Task Without_a_key_in_the_settings_nobody_reads_and_is_told_why()
    {
        var request = new TestRequest("GET", "https://voice.example.com/calls/x", [], (DiagnosticsAccess.HeaderName, "any-key-at-all"));

        var response =
            (TestResponse)await new DiagnosticsFunctions(app.Front).CallAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains(SettingNames.DiagnosticsKey, response.Text, StringComparison.Ordinal);
    }
}
