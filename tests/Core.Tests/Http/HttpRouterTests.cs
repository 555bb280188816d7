using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Documents;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Http;

public sealed class HttpRouterTests
{
    public static TheoryData<string> Paths { get; } = [.. GatewayRoutes.All.Select(PathOf).Distinct()];

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/nothing")]
    [InlineData("/twilio")]
    [InlineData("/twilio/voice//")]
    [InlineData("//twilio/voice")]
    [InlineData("/twilio//voice")]
    [InlineData("twilio/voice")]
    [InlineData("*")]
    [InlineData("/twilio%2Fvoice")]
    [InlineData("/twilio/%76oice")]
    [InlineData("/calls//")]
    [InlineData("/calls/a/b")]
    [InlineData("/livekit/webhook.php?x=/livekit/webhook")]
    public async Task A_path_that_is_no_route_is_not_found(string target) =>
        Assert.Equal("unknown-route", GatewayBench.ProblemOf(await new GatewayBench().SendAsync("POST", target, [])));

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_method_that_a_route_does_not_answer_is_told_which_ones_it_does(string path)
    {
        var allowed = GatewayRoutes.MethodsOf(GatewayRoutes.Find(path, "GET")!).ToList();
        string[] methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "post"];
        foreach (var method in methods.Except(allowed))
        {
            var response = await new GatewayBench().SendAsync(method, path, []);

            Assert.Equal((405, string.Join(", ", allowed)), (response.Status, response.Allow));
            Assert.Equal("wrong-method", GatewayBench.ProblemOf(response));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    [InlineData("/nothing")]
    public async Task HEAD_is_answered_like_GET_and_without_a_body(string path)
    {
        var bench = new GatewayBench();

        var get = await bench.SendAsync("GET", path, []);
        var head = await bench.SendAsync("HEAD", path, []);

        Assert.NotEqual(0, get.Body.Length);
        Assert.Equal(0, head.Body.Length);
        Assert.Equal(get.Body.Length, head.ContentLength);
        Assert.Equal((get.Status, get.ContentType, get.Allow), (head.Status, head.ContentType, head.Allow));
    }

    [Theory]
    [InlineData("/twilio/voice/", "TwilioVoice")]
    [InlineData("/Twilio/VOICE", "TwilioVoice")]
    [InlineData("/LiveKit/Webhook/", "LiveKitWebhook")]
    [InlineData("/calls/", "Calls")]
    [InlineData("/CALLS/aB%2Fc", "Call")]
    [InlineData("/calls/proof", "Call")]
    [InlineData("/Calls/x/Proof/", "CallProof")]
    public void A_path_is_found_in_any_case_and_with_a_slash_at_its_end(string path, string name) =>
        Assert.Equal(name, GatewayRoutes.Find(path, "GET")?.Name);

    [Theory]
    [InlineData("/calls/aB%2Fc", "aB%2Fc", "")]
    [InlineData("/CALLS/aBc/", "aBc", "")]
    [InlineData("/calls/aBc/PROOF", "", "aBc")]
    [InlineData("/calls/aBc/proof/", "", "aBc")]
    [InlineData("/calls", "", "")]
    public void A_parameter_stays_as_it_was_sent(string path, string call, string proof) =>
        Assert.Equal((call, proof), (GatewayRoutes.Call.ParameterOf(path), GatewayRoutes.CallProof.ParameterOf(path)));

    [Theory]
    [InlineData("/Twilio/Voice")]
    [InlineData("/twilio/voice/")]
    [InlineData("/TWILIO/VOICE/?a=b")]
    public async Task What_Twilio_signs_is_the_path_as_it_was_given_to_Twilio(string target)
    {
        (string, string)[] fields =
        [
            ("CallSid", GatewayBench.CallSid), ("CallStatus", "ringing"), ("Direction", "inbound"),
            ("From", GatewayBench.From), ("To", GatewayBench.To),
        ];

        var response = await new GatewayBench().TwilioAsync(target, fields);

        Assert.Equal((200, Twiml.ContentType), (response.Status, response.ContentType));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_body_beyond_the_routes_cap_is_too_large(string path)
    {
        var route = GatewayRoutes.Find(path, "POST")!;

        var response = await new GatewayBench().SendAsync(route.Method, path, new byte[route.MaxBodyBytes + 1]);

        Assert.Equal(413, response.Status);
        Assert.Equal("too-large", GatewayBench.ProblemOf(response));
    }

    [Theory]
    [InlineData("/twilio/voice")]
    [InlineData("/twilio/dial-result")]
    [InlineData("/twilio/status")]
    public async Task A_form_that_Twilio_did_not_sign_is_refused_and_leaves_no_trace(string path)
    {
        var bench = new GatewayBench();
        var body = GatewayBench.Encode(("CallSid", GatewayBench.CallSid), ("CallStatus", "completed"));
        var signature = GatewayBench.Sign(path, body);
        (string, string?) form = ("Content-Type", "application/x-www-form-urlencoded");

        GatewayResponse[] refused =
        [
            await bench.SendAsync("POST", path, body, form),
            await bench.SendAsync("POST", path, body, form, (TwilioSignature.HeaderName, "")),
            await bench.SendAsync("POST", path, body, form, (TwilioSignature.HeaderName, new string('A', 28))),
            await bench.SendAsync("POST", path, body, form, (TwilioSignature.HeaderName, signature + "=")),
            await bench.SendAsync("POST", path, body[..^1], form, (TwilioSignature.HeaderName, signature)),
            await bench.SendAsync("POST", path + "?a=b", body, form, (TwilioSignature.HeaderName, signature)),
            await bench.SendAsync("POST", path, [.. body, .. "&To=x"u8], form, (TwilioSignature.HeaderName, signature)),
        ];

        Assert.All(refused, response => Assert.Equal((401, "bad-signature"), (response.Status, GatewayBench.ProblemOf(response))));
        Assert.Empty((await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events);
        Assert.Empty(bench.Workflows.Started);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_Twilio_route_reads_forms_only(string contentType)
    {
        var response = await new GatewayBench().SendAsync(
            "POST", "/twilio/voice", "{}"u8.ToArray(), ("Content-Type", contentType), (TwilioSignature.HeaderName, new string('A', 28)));

        Assert.Equal((415, "unsupported-media-type"), (response.Status, GatewayBench.ProblemOf(response)));
    }

    [Theory]
    [InlineData("/twilio/voice")]
    [InlineData("/twilio/dial-result")]
    [InlineData("/twilio/status")]
    public async Task Without_Twilio_its_routes_refuse_what_is_signed_too(string path)
    {
        var bench = new GatewayBench(null, (SettingNames.TwilioEnabled, "false"));

        Assert.Equal(401, (await bench.TwilioAsync(path, ("CallSid", GatewayBench.CallSid))).Status);
    }

    [Fact]
    public async Task Something_that_should_not_happen_is_told_as_nothing()
    {
        var bench = new GatewayBench();
        bench.Journal.Before = _ => throw new InvalidOperationException("a secret of the inside");

        var response = await bench.CallerJoinsAsync();

        Assert.Equal((500, "internal"), (response.Status, GatewayBench.ProblemOf(response)));
        Assert.DoesNotContain("secret", GatewayBench.Text(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_that_went_away_is_its_own_cancellation()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new GatewayBench().Gateway.Front
            .HandleAsync(
                new GatewayRequest("GET", "/calls?room=x", _ => GatewayBench.DiagnosticsKey, ReadOnlyMemory<byte>.Empty), gone.Token)
            .AsTask());
    }

    [Fact]
    public void Every_route_has_a_name_and_a_path_of_its_own_and_is_found_by_it()
    {
        Assert.Equal(GatewayRoutes.All.Count, GatewayRoutes.All.DistinctBy(route => route.Name).Count());
        Assert.All(GatewayRoutes.All, route => Assert.Same(route, GatewayRoutes.Find(PathOf(route), route.Method)));
    }

    private static string PathOf(GatewayRoute route) =>
        $"/{route.Template.Replace("{callId}", GatewayBench.Call.Value, StringComparison.Ordinal)}";
}
