using System.Globalization;
using VoiceFunctions.Core.Twilio.Documents;

namespace VoiceFunctions.Core.Http;

/// <summary>What Twilio's routes refuse beside a bad signature.</summary>
public sealed class TwilioDoorTests
{
    private readonly GatewayBench bench = new();

    [Theory]
    [InlineData("/twilio/voice")]
    [InlineData("/twilio/dial-result")]
    [InlineData("/twilio/status")]
    public async Task Another_accounts_call_is_refused_like_a_bad_signature_and_leaves_no_trace(string path)
    {
        foreach (var account in (string[])["ACffffffffffffffffffffffffffffffff", GatewayBench.AccountSid.ToUpperInvariant(), ""])
        {
            var response = await SendAsync(path, account);

            Assert.Equal((401, "bad-signature"), (response.Status, GatewayBench.ProblemOf(response)));
        }

        Assert.Empty((await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events);
        Assert.Contains(bench.Loggers.Lines, line => line.Contains("OtherAccount", StringComparison.Ordinal));
        Assert.Equal((200, Twiml.ContentType), await SendAsync(path, GatewayBench.AccountSid) is var ours
            ? (ours.Status, ours.ContentType)
            : default);
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 413)]
    [InlineData(10_000, 413)]
    public async Task A_form_has_a_bounded_number_of_fields(int fields, int status)
    {
        var others = Enumerable.Range(1, fields - 1).Select(i => (i.ToString("x", CultureInfo.InvariantCulture), ""));

        var response = await bench.TwilioAsync("/twilio/voice", [("CallSid", GatewayBench.CallSid), .. others]);

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 413 ? "too-large" : "", status == 413 ? GatewayBench.ProblemOf(response) : "");
    }

    private Task<GatewayResponse> SendAsync(string path, string account) => bench.TwilioAsync(
        path, ("AccountSid", account), ("CallSid", GatewayBench.CallSid), ("CallStatus", "completed"), ("To", GatewayBench.To));
}
