using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Http;

/// <summary>Requests that Twilio signed for the gateway's own URL in other capitals, or that a proxy hands on with the prefix.</summary>
public sealed class TwilioUrlTests
{
    private const string Path = "/twilio/voice";

    [Theory]
    [InlineData("https://Voice.Example.com", "https://voice.example.com")]
    [InlineData("https://Voice.Example.com", "https://Voice.Example.com")]
    [InlineData("https://voice.example.com", "https://Voice.Example.com")]
    [InlineData("https://voice.example.com", "https://Voice.example.com")]
    [InlineData("https://voice.example.com", "https://Voice.Example.Com")]
    [InlineData("https://voice.example.com", "https://VOICE.EXAMPLE.COM")]
    [InlineData("https://voice.example.com", "https://Voice.Example.com:443")]
    [InlineData("https://my-gw.example.com", "https://My-GW.Example.com", "My-GW.Example.com")]
    [InlineData("https://my-gw.example.com", "https://My-Gw.Example.com")]
    [InlineData("https://my-gw.example.com", "https://myGw.example.com", null, 401)]
    [InlineData("https://mygw.example.com", "https://myGw.example.com", "myGw.example.com:443")]
    [InlineData("HTTPS://MyGw.Example.com", "HTTPS://MyGw.Example.com")]
    [InlineData("https://voice.example.com", "https://Voice.Example.org", null, 401)]
    [InlineData("https://voice.example.com", "https://evil.example.com", "evil.example.com", 401)]
    [InlineData("https://voice.example.com", "https://voice.example.com.evil.example", "voice.example.com.evil.example", 401)]
    public async Task A_host_is_the_same_in_any_case(string publicUrl, string signedBase, string? hostHeader = null, int status = 200)
    {
        var answer = await SendAsync(new GatewayBench(changes: ("PUBLIC_URL", publicUrl)), signedBase + Path, Path, hostHeader);

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("https://voice.example.com/prefix", "/prefix/twilio/voice", 200)]
    [InlineData("https://voice.example.com/prefix", "/prefix/Twilio/Voice/", 200, "/prefix/Twilio/Voice/")]
    [InlineData("https://voice.example.com/prefix/", "/twilio/voice", 200)]
    [InlineData("https://voice.example.com/a/b", "/a/b/twilio/voice", 200, "/a/b/twilio/voice")]
    [InlineData("https://voice.example.com/a/b", "/b/twilio/voice", 200, "/a/b/twilio/voice")]
    [InlineData("https://voice.example.com/twilio", "/twilio/twilio/voice", 200, "/twilio/twilio/voice")]
    [InlineData("https://voice.example.com/twilio", "/twilio/voice", 200, "/twilio/twilio/voice")]
    [InlineData("https://voice.example.com/prefix", "/other/twilio/voice", 404)]
    [InlineData("https://voice.example.com/prefix", "/prefixtwilio/voice", 404)]
    [InlineData("https://voice.example.com/prefix", "/prefix/prefix/twilio/voice", 404)]
    [InlineData("https://voice.example.com", "/prefix/twilio/voice", 404)]
    public async Task A_proxy_may_leave_the_path_prefix_on(
        string publicUrl, string target, int status, string signed = "/prefix/twilio/voice")
    {
        var answer = await SendAsync(
            new GatewayBench(changes: ("PUBLIC_URL", publicUrl)), $"https://voice.example.com{signed}", target, null);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Every_route_is_found_behind_the_prefix()
    {
        var bench = new GatewayBench(changes: ("PUBLIC_URL", "https://voice.example.com/prefix"));

        Assert.Equal(200, (await bench.SendAsync("GET", "/prefix/healthz", [])).Status);
        Assert.Equal("bad-parameter", GatewayBench.ProblemOf(await bench.GetAsync("/prefix/calls/abc?x=y")));
        Assert.Equal(404, (await bench.SendAsync("GET", "/prefix", [])).Status);
    }

    private static Task<GatewayResponse> SendAsync(GatewayBench bench, string signedUrl, string target, string? host)
    {
        var body = GatewayBench.Encode(
            ("CallSid", GatewayBench.CallSid), ("From", GatewayBench.From), ("To", GatewayBench.To), ("CallStatus", "ringing"));
        return bench.SendAsync(
            "POST",
            target,
            body,
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Host", host),
            (TwilioSignature.HeaderName, TwilioSignature.Sign(signedUrl, TwilioForm.Parse(body), GatewayBench.AuthToken)));
    }
}
