using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>Compares our signatures with those of Twilio's own npm library, in both directions.</summary>
public sealed class TwilioSignatureOracleTests : IDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string UrlCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?&=%+:@!$'()*,;#";
    private const string Base64Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly NodeOracle twilio = new("twilio.mjs");

    [Fact]
    public async Task What_Twilio_signs_is_accepted_and_any_other_byte_is_refused()
    {
        var requests = new RandomRequests(seed: 2026);
        int bodies = 0, targets = 0, signatures = 0;
        for (var i = 0; i < 1000; i++)
        {
            var sample = requests.Next();
            var signature = await SignAsync(sample);
            var verifier = new TwilioSignature(sample.PublicUrl, ["0000", Token]);

            var verification = verifier.Verify(Signed.Request("POST", sample.Target, signature, sample.Body), out var form);
            Assert.True(verification == TwilioVerification.Authentic, $"Request {i}: {sample.PublicUrl} signed as {sample.SignedUrl}");
            Assert.Equal(sample.Fields, form.Fields);

            if (sample.Body.Length > 0 && requests.Mutate(sample.Body) is var body && Meaning(body) != Meaning(sample.Body))
            {
                Assert.NotEqual(
                    TwilioVerification.Authentic,
                    verifier.Verify(Signed.Request("POST", sample.Target, signature, body), out _));
                bodies++;
            }

            var target = requests.Mutate(sample.Target, UrlCharacters);
            Assert.NotEqual(TwilioVerification.Authentic, verifier.Verify(Signed.Request("POST", target, signature, sample.Body), out _));
            targets++;

            var forged = requests.Mutate(signature, Base64Characters);
            Assert.NotEqual(
                TwilioVerification.Authentic,
                verifier.Verify(Signed.Request("POST", sample.Target, forged, sample.Body), out _));
            signatures++;
        }

        Assert.Equal((1000, 1000), (targets, signatures));
        Assert.InRange(bodies, 800, 1000);
    }

    [Fact]
    public async Task What_Twilio_signs_by_hash_is_accepted_and_any_other_byte_is_refused()
    {
        var requests = new RandomRequests(seed: 256);
        for (var i = 0; i < 200; i++)
        {
            var sample = requests.Next();
            var body = new JsonObject { ["text"] = requests.Text() + "é" }.ToJsonString();
            var answer = await AskAsync(new { op = "signBody", token = Token, url = sample.SignedUrl, body });
            var target = answer["url"]!.GetValue<string>()[sample.SignedBase.Length..];
            var signature = answer["signature"]!.GetValue<string>();
            var verifier = new TwilioSignature(sample.PublicUrl, [Token]);
            var bytes = Encoding.UTF8.GetBytes(body);

            Assert.Equal(TwilioVerification.Authentic, verifier.Verify(Signed.Request("POST", target, signature, bytes), out _));
            Assert.Equal(
                TwilioVerification.BodyHashMismatch,
                verifier.Verify(Signed.Request("POST", target, signature, requests.Mutate(bytes)), out _));
            Assert.Equal(
                TwilioVerification.Mismatch,
                verifier.Verify(Signed.Request("POST", requests.Mutate(target, UrlCharacters), signature, bytes), out _));
        }
    }

    [Fact]
    public async Task What_we_sign_is_valid_to_Twilio()
    {
        var requests = new RandomRequests(seed: 28);
        for (var i = 0; i < 300; i++)
        {
            var sample = requests.Next();
            var signature = TwilioSignature.Sign(sample.SignedUrl + "#rc=2", TwilioForm.Parse(sample.Body), Token);

            var answer =
                await AskAsync(new { op = "validate", token = Token, url = sample.SignedUrl, @params = sample.Parameters, signature });

            Assert.True(answer["valid"]!.GetValue<bool>(), $"Request {i}: {sample.SignedUrl}");
        }
    }

    public void Dispose() => twilio.Dispose();

    private async Task<string> SignAsync(RandomRequests.Sample sample)
    {
        var answer = await AskAsync(new { op = "sign", token = Token, url = sample.SignedUrl, @params = sample.Parameters });
        return answer["signature"]!.GetValue<string>();
    }

    private Task<JsonNode> AskAsync(object question) => twilio.AskAsync(question, TestContext.Current.CancellationToken);

    /// <summary>
    /// The text that the signature covers, read by .NET's own decoder: the different fields in order, name and value without separators.
    /// Some changes of a byte do not change it: an escape's case, or an equals sign without a value.
    /// </summary>
    private static string Meaning(byte[] body) => string.Concat(
        Encoding.Latin1.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Decode(pair[0]), Value: Decode(pair.ElementAtOrDefault(1) ?? "")))
            .Distinct()
            .OrderBy(field => field.Name, StringComparer.Ordinal)
            .ThenBy(field => field.Value, StringComparer.Ordinal)
            .Select(field => field.Name + field.Value));

    private static string Decode(string text) =>
        Encoding.UTF8.GetString(WebUtility.UrlDecodeToBytes(Encoding.Latin1.GetBytes(text), 0, Encoding.Latin1.GetByteCount(text)));
}
