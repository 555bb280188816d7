using System.Collections.Specialized;
using System.Security.Cryptography;
using System.Text;
using Twilio.Security;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Twilio.Signatures;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Vendors.Tests.Twilio;

/// <summary>
/// What Twilio's own .NET validator does with requests on which its npm package and our code agree: reasons for
/// docs/decisions/0002-own-edges.md. If a test fails, Twilio has changed its validator, and that decision needs a revision.
/// </summary>
public sealed class TwilioValidatorTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string PublicUrl = "https://voice.example.com";
    private const string Target = "/twilio/voice";
    private const string Url = PublicUrl + Target;

    private static readonly NameValueCollection One = new() { ["CallSid"] = "CA1" };
    private static readonly NameValueCollection Twice = new() { { "Digits", "1" }, { "Digits", "2" } };

    private readonly RequestValidator twilio = new(Token);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void It_throws_where_a_request_has_no_signature(string? signature)
    {
        Assert.Throws<ArgumentException>(() => twilio.Validate(Url, One, signature));
        Assert.Throws<ArgumentException>(() => twilio.Validate(Url, "{}", signature));

        Assert.Equal(TwilioVerification.MissingSignature, Ours(PublicUrl, Signed.Post(Target, signature, ("CallSid", "CA1"))));
    }

    [Fact]
    public void It_throws_on_a_field_without_a_name_and_on_a_body_hash_without_a_value()
    {
        const string forged = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=";

        Assert.Throws<ArgumentNullException>(() => twilio.Validate(Url, new NameValueCollection { { null, "CA1" } }, forged));
        Assert.Throws<IndexOutOfRangeException>(() => twilio.Validate($"{Url}?bodySHA256", "{}", forged));

        Assert.Equal(TwilioVerification.Mismatch, Ours(PublicUrl, Signed.Post(Target, forged, ("", "CA1"))));
        Assert.Equal(TwilioVerification.Mismatch, Ours(PublicUrl, Signed.PostText($"{Target}?bodySHA256", forged, "{}")));
    }

    [Fact]
    public async Task It_refuses_what_Twilio_signs_where_a_name_comes_twice()
    {
        using var npm = new NodeOracle("twilio.mjs");
        var signed = new { op = "sign", token = Token, url = Url, @params = new { Digits = new[] { "1", "2" } } };
        var signature = (string)(await npm.AskAsync(signed, Stop))["signature"]!;

        var valid = twilio.Validate(Url, Twice, signature);

        Assert.False(valid);
        Assert.Equal(TwilioVerification.Authentic, Ours(PublicUrl, Signed.Post(Target, signature, ("Digits", "1"), ("Digits", "2"))));
    }

    [Fact]
    public void It_takes_two_values_of_a_name_for_one_with_a_comma_that_Twilio_signed()
    {
        var signature = TwilioSignature.Sign(Url, Signed.Form(("Digits", "1,2")), Token);

        var valid = twilio.Validate(Url, Twice, signature);

        Assert.True(valid);
        Assert.Equal(TwilioVerification.Mismatch, Ours(PublicUrl, Signed.Post(Target, signature, ("Digits", "1"), ("Digits", "2"))));
    }

    [Theory]
    [InlineData("https://voice.example.com:443", "/twilio/voice", "https://voice.example.com")]
    [InlineData("http://127.0.0.1:80", "/twilio/voice", "http://127.0.0.1")]
    [InlineData("https://voice.example.com", "/twilio/voice?name=%C3%A9%7E", "https://voice.example.com:443")]
    [InlineData("https://voice.example.com", "/%7Evoice", "https://voice.example.com:443")]
    public async Task It_refuses_what_Twilio_signs_with_the_port_the_other_way(string configured, string target, string signed)
    {
        using var npm = new NodeOracle("twilio.mjs");
        var @params = new { CallSid = "CA1" };
        var sign = new { op = "sign", token = Token, url = signed + target, @params };
        var signature = (string)(await npm.AskAsync(sign, Stop))["signature"]!;

        var valid = twilio.Validate(configured + target, One, signature);

        Assert.False(valid);
        var validate = new { op = "validate", token = Token, url = configured + target, @params, signature };
        Assert.True((bool)(await npm.AskAsync(validate, Stop))["valid"]!);
        Assert.Equal(TwilioVerification.Authentic, Ours(configured, Signed.Post(target, signature, ("CallSid", "CA1"))));
    }

    [Fact]
    public void It_knows_signatures_by_a_shared_key_which_we_refuse()
    {
        var message = Encoding.UTF8.GetBytes($"{Url}CallSidCA1");
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Token), message));
        var algorithm = RequestValidator.GetSignatureAlgorithm("key=webhooks_key_1,algorithm=HMAC_SHA256");

        var valid = twilio.Validate(Url, One, signature, algorithm);

        Assert.True(valid);
        Assert.Equal(TwilioVerification.MalformedSignature, Ours(PublicUrl, Signed.Post(Target, signature, ("CallSid", "CA1"))));
    }

    private static TwilioVerification Ours(string publicUrl, GatewayRequest request) =>
        new TwilioSignature(publicUrl, [Token]).Verify(request, out _);
}
