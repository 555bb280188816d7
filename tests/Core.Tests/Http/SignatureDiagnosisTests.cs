using System.Text;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Http;

/// <summary>What the log says when signatures keep failing: the one thing to mend, once in a while, without what was sent.</summary>
public sealed class SignatureDiagnosisTests
{
    private const string Url = "https://voice.example.com/twilio/voice";
    private const string Second = "ACfedcba9876543210fedcba9876543210";
    private const string Ids = "AccountSid=" + GatewayBench.AccountSid + "&CallSid=" + GatewayBench.CallSid;
    private const string Form = Ids + "&From=%2B15550100001&City=S%C3%83O%0APAULO";

    private const string Accounts = $"[{{\"accountSid\": \"{Second}\", \"authToken\": \"second-hunter2\"}}]";

    [Theory]
    [InlineData("http://voice.example.com/twilio/voice", "scheme: ")]
    [InlineData("https://other.example.com/twilio/voice", "host: ")]
    [InlineData("https://other.example.com:9999/twilio/voice", "host: ", "/twilio/voice", "other.example.com:9999")]
    [InlineData("https://voice.example.com:8443/twilio/voice", "port: ")]
    [InlineData("https://voice.example.com:9999/twilio/voice", "port: ", "/twilio/voice", "voice.example.com:9999")]
    [InlineData("https://voice.example.com/twilio/voice/", "trailing slash: ")]
    [InlineData("https://voice.example.com/twilio/voice", "trailing slash: ", "/twilio/voice/")]
    [InlineData("https://voice.example.com/api/twilio/voice", "path prefix: ")]
    [InlineData("https://voice.example.com//twilio/voice", "path prefix: ")]
    [InlineData("https://voice.example.com/twilio/voice", "query: ", "/twilio/voice?added=1")]
    [InlineData("https://unknown.example.com/twilio/voice", "no single change")]
    public async Task The_log_names_what_differs_in_the_signed_URL(
        string signed, string sentence, string target = "/twilio/voice", string host = "other.example.com")
    {
        var bench = Bench();

        var answer = await SendAsync(bench, TwilioSignature.Sign(signed, Parsed(Form), GatewayBench.AuthToken), Form, target, host);

        Assert.Equal(401, answer.Status);
        Assert.Contains($"their signature. {sentence}", Assert.Single(Diagnoses(bench)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-Prefix", "/gw/v1/")]
    [InlineData("X-Original-URL", "/gw/v1/twilio/voice?x=1")]
    [InlineData("X-Original-URI", "https://voice.example.com/gw/v1/twilio/voice")]
    [InlineData("X-Forwarded-Uri", "/gw/v1/twilio/voice")]
    public async Task A_path_prefix_that_a_proxy_took_off_is_named_where_its_headers_tell_it(string header, string value)
    {
        var bench = Bench();
        var signed = TwilioSignature.Sign("https://voice.example.com/gw/v1/twilio/voice", Parsed(Form), GatewayBench.AuthToken);

        await bench.SendAsync(
            "POST",
            "/twilio/voice",
            Encoding.UTF8.GetBytes(Form),
            ("Content-Type", "application/x-www-form-urlencoded"),
            (header, value),
            (TwilioSignature.HeaderName, signed));

        Assert.Contains("their signature. path prefix: ", Assert.Single(Diagnoses(bench)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "body: Twilio signed none")]
    [InlineData(Ids + "&From=%2B15550100001", "re-encoded body: ",
        Ids + "&From=+15550100001")]
    [InlineData(Form, "re-encoded body: ",
        Ids + "&From=%252B15550100001&City=S%25C3%2583O%250APAULO")]
    [InlineData(Form, "re-encoded body: ",
        Ids + "&From=%2B15550100001&City=S%C3%83O%0D%0APAULO")]
    [InlineData(Form, "re-encoded body: ",
        Ids + "&From=%2B15550100001&City=S%C3%83%C2%83O%0APAULO")]
    public async Task The_log_names_a_body_that_was_written_anew(string signed, string sentence, string received = Form)
    {
        var bench = Bench();

        await SendAsync(bench, TwilioSignature.Sign(Url, Parsed(signed), GatewayBench.AuthToken), received);

        Assert.Contains($"their signature. {sentence}", Assert.Single(Diagnoses(bench)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GatewayBench.AccountSid, "second-hunter2", "key: signed with the auth token of another account")]
    [InlineData("AC00000000000000000000000000000009", GatewayBench.AuthToken, "key: signed with a token of ours for an account")]
    [InlineData("AC00000000000000000000000000000009", "unknown", "key: the form's account is not in the settings")]
    [InlineData(GatewayBench.AccountSid, "unknown", "no single change would do, so most likely another key")]
    public async Task The_log_names_the_key(string account, string token, string sentence)
    {
        var bench = Bench();
        var form = $"AccountSid={account}&CallSid={GatewayBench.CallSid}";

        await SendAsync(bench, TwilioSignature.Sign(Url, Parsed(form), token), form);

        Assert.Contains($"their signature. {sentence}", Assert.Single(Diagnoses(bench)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_comes_once_a_minute_and_strangers_hide_none()
    {
        var bench = Bench();
        var forged = TwilioSignature.Sign(Url, Parsed(Form), "forger");
        var wrongScheme = TwilioSignature.Sign("http://voice.example.com/twilio/voice", Parsed(Form), GatewayBench.AuthToken);

        for (var i = 0; i < 5; i++)
        {
            await SendAsync(bench, forged, Form);
        }

        Assert.Single(Diagnoses(bench));
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        await SendAsync(bench, wrongScheme, Form);
        Assert.Equal(2, Diagnoses(bench).Count);
        bench.Clock.Advance(TimeSpan.FromSeconds(50));
        await SendAsync(bench, wrongScheme, Form);
        Assert.Equal(2, Diagnoses(bench).Count);
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        await SendAsync(bench, wrongScheme, Form);
        Assert.Equal(3, Diagnoses(bench).Count);
    }

    [Fact]
    public async Task Nothing_of_the_request_stands_in_the_line_and_what_is_served_has_none()
    {
        var bench = Bench();
        await bench.VoiceAsync();
        await SendAsync(bench, "", Form);
        Assert.Empty(Diagnoses(bench));

        var forged = TwilioSignature.Sign("https://evil\n.example/twilio/voice", Parsed(Form), "x");
        await SendAsync(bench, forged, Form, host: "evil\n.example");

        Assert.DoesNotContain("evil", Assert.Single(Diagnoses(bench)), StringComparison.Ordinal);
        Assert.All(bench.Loggers.Lines, line => Assert.DoesNotContain("5550100001", line, StringComparison.Ordinal));
        Assert.All(bench.Loggers.Lines, line => Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("other", "livekit-secret-hunter2-livekit-secret", 0, "", "key: signed with a secret of ours under another API key")]
    [InlineData("other", "elsewhere", 0, "", "key: signed under an API key that is not in the settings")]
    [InlineData("devkey", "elsewhere", 0, "", "key: the API key is ours and the secret another one")]
    [InlineData("devkey", "livekit-secret-hunter2-livekit-secret", -1000, "", "clock: by this host's clock the token expired 700 s ago")]
    [InlineData("devkey", "livekit-secret-hunter2-livekit-secret", 500, "", "clock: by this host's clock the token begins in 500 s")]
    [InlineData("devkey", "livekit-secret-hunter2-livekit-secret", 0, " ", "re-encoded body: ")]
    public async Task The_log_names_what_is_wrong_with_LiveKits_webhooks(
        string keyId, string secret, int offset, string added, string sentence)
    {
        var bench = Bench();
        var body = GatewayBench.Webhook("room_started", "EV_1");
        var token = LiveKitWebhookSigner.Sign(
            new LiveKitKey(keyId, secret), Encoding.UTF8.GetBytes(body), bench.Clock.GetUtcNow().AddSeconds(offset));

        var answer = await bench.SendAsync("POST", "/livekit/webhook", Encoding.UTF8.GetBytes(body + added), ("Authorization", token));

        Assert.Equal(401, answer.Status);
        Assert.Contains($"their signature. {sentence}", Assert.Single(Diagnoses(bench)), StringComparison.Ordinal);
    }

    private static GatewayBench Bench() => new(changes: ("TWILIO_ACCOUNTS", Accounts));

    private static List<string> Diagnoses(GatewayBench bench) =>
        [.. bench.Loggers.Lines.Where(line => line.Contains("are refused for their signature", StringComparison.Ordinal))];

    private static TwilioForm Parsed(string form) => TwilioForm.Parse(Encoding.UTF8.GetBytes(form));

    private static Task<GatewayResponse> SendAsync(
        GatewayBench bench, string signature, string form, string target = "/twilio/voice", string? host = null) =>
        bench.SendAsync(
            "POST",
            target,
            Encoding.UTF8.GetBytes(form),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Host", host),
            (TwilioSignature.HeaderName, signature));
}
