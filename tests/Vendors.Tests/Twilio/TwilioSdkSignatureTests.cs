using System.Security.Cryptography;
using System.Text;
using Twilio.Security;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Vendors.Tests.Twilio;

/// <summary>
/// Checks our signatures with Twilio's own .NET validator. The requests that it gets wrong
/// are in <see cref="TwilioValidatorTests"/>.
/// </summary>
public sealed class TwilioSdkSignatureTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string UrlCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?&=%+:@!$'()*,;#";
    private const string Base64Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly RequestValidator twilio = new(Token);

    [Fact]
    public void What_we_sign_is_valid_to_Twilio_and_anything_else_is_not()
    {
        var requests = new RandomRequests(seed: 7147);
        for (var i = 0; i < 500; i++)
        {
            var sample = requests.Next();
            var url = sample.SignedUrl + "x";
            var fields = sample.Fields.DistinctBy(field => field.Key, StringComparer.Ordinal).ToDictionary();

            var signature = Sign(url, fields);

            Assert.True(twilio.Validate(url, fields, signature), $"Request {i}: {url}");
            Assert.False(twilio.Validate(Changed(requests, sample), fields, signature), $"Request {i}: {url}");
            Assert.False(twilio.Validate(url, fields, requests.Mutate(signature, Base64Characters)));
            Assert.False(twilio.Validate(url, new Dictionary<string, string>(fields) { ["Digits"] = "changed" }, signature));
            Assert.False(new RequestValidator(Token[1..]).Validate(url, fields, signature));
        }
    }

    [Fact]
    public void A_body_that_the_URL_names_by_its_hash_is_valid_to_Twilio_and_another_body_is_not()
    {
        const string body = """{"text":"é 😀"}""";
        var url = "https://voice.example.com/twilio/voice?a=1&bodySHA256="
            + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";

        var signature = TwilioSignature.Sign(url, TwilioForm.Empty, Token);

        Assert.True(twilio.Validate(url, body, signature));
        Assert.False(twilio.Validate(url, body + " ", signature));
        Assert.False(twilio.Validate(url + "0", body, signature));
    }

    private static string Sign(string url, Dictionary<string, string> fields) =>
        TwilioSignature.Sign(url, TwilioForm.Parse(TwilioForm.Encode(fields)), Token);

    /// <summary>
    /// The URL with another path or query. The slash stays, because the validator throws if the text after the host is no valid URL.
    /// </summary>
    private static string Changed(RandomRequests requests, RandomRequests.Sample sample) =>
        $"{sample.SignedBase}/{requests.Mutate($"{sample.Target[1..]}x", UrlCharacters)}";
}
