using FsCheck;
using FsCheck.Fluent;

namespace VoiceFunctions.Core.Twilio.Signatures;

public sealed class TwilioSignatureTests
{
    private const string PublicUrl = "https://voice.example.com";
    private const string Target = "/twilio/voice";

    private static readonly (string, string)[] Fields = [("CallSid", "CA0123456789abcdef0123456789abcdef"), ("From", "+14155550123")];

    [Fact]
    public void An_authentic_request_hands_on_its_form()
    {
        var request = Signed.Post(Target, Sign(PublicUrl + Target, "primary"), Fields);

        var verification = new TwilioSignature(PublicUrl, ["primary"]).Verify(request, out var form);

        Assert.Equal(TwilioVerification.Authentic, verification);
        Assert.Equal("+14155550123", form["From"]);
    }

    [Fact]
    public void A_refused_request_hands_on_nothing()
    {
        var request = Signed.Post(Target, Sign(PublicUrl + Target, "other"), Fields);

        var verification = new TwilioSignature(PublicUrl, ["primary"]).Verify(request, out var form);

        Assert.Equal(TwilioVerification.Mismatch, verification);
        Assert.Equal(0, form.Count);
    }

    [Fact]
    public void While_tokens_are_rotated_either_is_accepted()
    {
        var signature = new TwilioSignature(PublicUrl, ["old", "", "new"]);

        var verifications = new[] { "old", "new", "other" }
            .Select(token => signature.Verify(Signed.Post(Target, Sign(PublicUrl + Target, token), Fields), out _));

        Assert.Equal([TwilioVerification.Authentic, TwilioVerification.Authentic, TwilioVerification.Mismatch], verifications);
    }

    [Fact]
    public void A_token_that_was_configured_twice_is_accepted()
    {
        var request = Signed.Post(Target, Sign(PublicUrl + Target, "primary"), Fields);

        Assert.Equal(TwilioVerification.Authentic, new TwilioSignature(PublicUrl, ["primary", "primary"]).Verify(request, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_request_without_a_signature_is_refused(string? header)
    {
        var verification = new TwilioSignature(PublicUrl, ["primary"]).Verify(Signed.Post(Target, header, Fields), out _);

        Assert.Equal(TwilioVerification.MissingSignature, verification);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=,RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    public void A_signature_of_another_length_is_refused(string header)
    {
        var verification = new TwilioSignature(PublicUrl, ["primary"]).Verify(Signed.Post(Target, header, Fields), out _);

        Assert.Equal(TwilioVerification.MalformedSignature, verification);
    }

    [Fact]
    public void Another_spelling_of_the_same_signature_is_refused()
    {
        var signature = Sign(PublicUrl + Target, "primary");
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        // The last character before the padding carries two bits that decoding ignores.
        var respelt = $"{signature[..26]}{Alphabet[Alphabet.IndexOf(signature[26], StringComparison.Ordinal) ^ 1]}=";

        var verification = new TwilioSignature(PublicUrl, ["primary"]).Verify(Signed.Post(Target, respelt, Fields), out _);

        Assert.Equal(Convert.FromBase64String(signature), Convert.FromBase64String(respelt));
        Assert.Equal(TwilioVerification.MalformedSignature, verification);
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData(" ", "")]
    public void Without_a_token_nothing_is_authentic(params string[] tokens)
    {
        var request = Signed.Post(Target, Sign(PublicUrl + Target, ""), Fields);

        var verification = new TwilioSignature(PublicUrl, tokens).Verify(request, out _);

        Assert.Equal(TwilioVerification.NoTokenConfigured, verification);
    }

    [Theory]
    [InlineData("https://gw.example.com/calls", "https://gw.example.com/calls/twilio/voice")]
    [InlineData("https://gw.example.com/calls/", "https://gw.example.com/calls/twilio/voice")]
    [InlineData("https://gw.example.com/calls", "https://gw.example.com:443/calls/twilio/voice")]
    [InlineData("https://gw.example.com:8443/calls", "https://gw.example.com/calls/twilio/voice")]
    [InlineData("http://[::1]", "http://[::1]:80/twilio/voice")]
    [InlineData("http://[::1]:7071", "http://[::1]:7071/twilio/voice")]
    [InlineData("http://[::1]:7071", "http://[::1]/twilio/voice")]
    [InlineData("HTTPS://u:p@gw.example.com", "HTTPS://gw.example.com/twilio/voice")]
    public void The_signed_URL_is_PUBLIC_URL_and_the_raw_target(string publicUrl, string signedUrl)
    {
        var request = Signed.Post(Target, Sign(signedUrl, "primary"), Fields);

        Assert.Equal(TwilioVerification.Authentic, new TwilioSignature(publicUrl, ["primary"]).Verify(request, out _));
    }

    [Fact]
    public void A_target_cannot_continue_the_host_name()
    {
        const string Tail = ".evil.example/twilio/voice";
        var request = Signed.Post(Tail, Sign(PublicUrl + Tail, "primary"), Fields);

        Assert.Equal(TwilioVerification.Mismatch, new TwilioSignature(PublicUrl, ["primary"]).Verify(request, out _));
    }

    [Theory]
    [InlineData("bodySHA256")]
    [InlineData("bodySHA256=")]
    [InlineData("bodySHA256=44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A")]
    [InlineData("bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620")]
    [InlineData("bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
        + "&bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    [InlineData("bodySHA256=\u00e94136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    public void Only_the_exact_hash_of_the_body_will_do(string query)
    {
        var target = $"{Target}?{query}";
        var request = Signed.PostText(target, TwilioSignature.Sign(PublicUrl + target, TwilioForm.Empty, "primary"), "{}");

        Assert.Equal(TwilioVerification.BodyHashMismatch, new TwilioSignature(PublicUrl, ["primary"]).Verify(request, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("voice.example.com")]
    [InlineData("/twilio")]
    [InlineData("ftp://voice.example.com")]
    [InlineData("https:voice.example.com")]
    [InlineData("https://voice.example.com?code=1")]
    [InlineData(" https://voice.example.com")]
    [InlineData("https://")]
    public void A_PUBLIC_URL_that_Twilio_could_not_call_stops_the_start(string publicUrl)
    {
        Assert.Throws<ArgumentException>(() => new TwilioSignature(publicUrl, ["primary"]));
    }

    [Fact]
    public void Whatever_is_sent_nothing_throws_and_nothing_unsigned_is_authentic()
    {
        var signature = new TwilioSignature(PublicUrl, ["primary", "secondary"]);

        Prop.ForAll<byte[], string, string>((body, target, header) =>
            new[] { target ?? "", $"/{target}", $"/?bodySHA256={target}", $"/?{target}&bodySHA256" }.All(raw =>
                new[] { header, (header ?? "").PadRight(28)[..28] }.All(given =>
                    signature.Verify(Signed.Request("POST", raw, given, body), out var form) != TwilioVerification.Authentic
                    && form.Count == 0)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
    }

    private static string Sign(string url, string token) => TwilioSignature.Sign(url, Signed.Form(Fields), token);
}
