using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Http;

/// <summary>Whoever is refused by the head alone has sent a body for nothing: not a byte of it is read.</summary>
public sealed class HeadBeforeBodyTests
{
    private const string LiveKit = "/livekit/webhook";

    private readonly GatewayBench bench = new();

    [Theory]
    [InlineData("none")]
    [InlineData("empty")]
    [InlineData("junk")]
    [InlineData("no algorithm")]
    [InlineData("unknown key")]
    [InlineData("another secret")]
    [InlineData("expired")]
    [InlineData("not yet")]
    [InlineData("of a participant")]
    public async Task A_webhook_whose_token_is_not_LiveKits_is_refused_before_its_body_is_read(string token)
    {
        var body = new UnreadBody("{}"u8.ToArray());

        var response = await SendAsync("POST", LiveKit, body, GatewayRoutes.LiveKitMaxBodyBytes, ("Authorization", TokenOf(token)));

        Assert.Equal((401, "bad-signature", 0), (response.Status, GatewayBench.ProblemOf(response), body.Reads));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789012345678901234567")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA-")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA  ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA=,AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task A_form_whose_signature_cannot_be_one_is_refused_before_it_is_read(string? signature)
    {
        foreach (var path in (string[])["/twilio/voice", "/twilio/dial-result", "/twilio/status"])
        {
            var body = new UnreadBody("a=b"u8.ToArray());

            var response = await SendAsync(
                "POST", path, body, GatewayRoutes.TwilioMaxBodyBytes, (TwilioSignature.HeaderName, signature));

            Assert.Equal((401, "bad-signature", 0), (response.Status, GatewayBench.ProblemOf(response), body.Reads));
        }
    }

    [Theory]
    [InlineData("POST", "/agents/lease", "bad-token")]
    [InlineData("GET", "/calls?room=a", "bad-key")]
    [InlineData("GET", "/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/proof", "bad-key")]
    public async Task Who_brings_no_token_or_key_is_refused_before_the_body_is_read(string method, string target, string problem)
    {
        var body = new UnreadBody("a=b"u8.ToArray());

        var response = await SendAsync(method, target, body, null);

        Assert.Equal((401, problem, 0), (response.Status, GatewayBench.ProblemOf(response), body.Reads));
    }

    [Fact]
    public async Task A_body_that_is_announced_beyond_the_cap_is_too_large_at_once_whoever_sends_it()
    {
        foreach (var route in GatewayRoutes.All)
        {
            var body = new UnreadBody();

            var response = await SendAsync(route.Method, $"/{route.Template}", body, route.MaxBodyBytes + 1L);

            Assert.Equal((413, "too-large", 0), (response.Status, GatewayBench.ProblemOf(response), body.Reads));
        }
    }

    [Fact]
    public async Task A_good_token_lets_no_other_body_in_and_its_own_one()
    {
        var body = "{}"u8.ToArray();
        var token = LiveKitWebhookSigner.Sign(GatewayBench.Key, body, bench.Clock.GetUtcNow());

        var other = await SendAsync("POST", LiveKit, new UnreadBody("[]"u8.ToArray()), null, ("Authorization", token));
        var own = await SendAsync("POST", LiveKit, new UnreadBody(body), null, ("Authorization", token));

        Assert.Equal((401, 200), (other.Status, own.Status));
    }

    [Fact]
    public async Task What_the_reading_throws_is_the_hosts_to_answer()
    {
        var body = "{}"u8.ToArray();
        var broken = new MemoryStream(body);
        await broken.DisposeAsync();
        var token = LiveKitWebhookSigner.Sign(GatewayBench.Key, body, bench.Clock.GetUtcNow());

        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync("POST", LiveKit, broken, null, ("Authorization", token)));
    }

    private Task<GatewayResponse> SendAsync(
        string method, string target, Stream body, long? announced, params (string Name, string? Value)[] headers) =>
        bench.Gateway.Front.HandleAsync(
            new GatewayRequest(
                method, target, name => headers.FirstOrDefault(header => header.Name == name).Value, ReadOnlyMemory<byte>.Empty),
            body,
            announced,
            TestContext.Current.CancellationToken)
            .AsTask();

    private string? TokenOf(string kind)
    {
        var now = bench.Clock.GetUtcNow();
        string Signed(LiveKitKey key, TimeSpan ago) => LiveKitWebhookSigner.Sign(key, "{}"u8, now - ago);
        return kind switch
        {
            "empty" => "",
            "junk" => "Bearer a.b.c",
            "no algorithm" => "eyJhbGciOiJub25lIn0.eyJpc3MiOiJkZXZrZXkifQ.x",
            "unknown key" => Signed(new LiveKitKey("unknown", GatewayBench.Key.Secret), TimeSpan.Zero),
            "another secret" => Signed(GatewayBench.Key with { Secret = "another-secret-another-secret-another" }, TimeSpan.Zero),
            "expired" => Signed(GatewayBench.Key, TimeSpan.FromMinutes(10)),
            "not yet" => Signed(GatewayBench.Key, TimeSpan.FromMinutes(-10)),
            "of a participant" => LiveKitToken.Mint(GatewayBench.Key, new() { RoomJoin = true, Room = "r" }, now, TimeSpan.FromMinutes(5)),
            _ => null,
        };
    }
}
