using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core.Http;

/// <summary>Several Twilio accounts: each one's calls are signed by its own tokens, and by no other's.</summary>
public sealed class TwilioAccountsTests
{
    private const string First = GatewayBench.AccountSid;
    private const string Second = "ACfedcba9876543210fedcba9876543210";
    private const string Third = "AC00000000000000000000000000000003";
    private const string SecondToken = "00000000000000000000000000000002";
    private const string SecondNext = "00000000000000000000000000000022";
    private const string ThirdToken = "00000000000000000000000000000003";

    private const string Accounts =
        $$"""
        [
          {"accountSid": "{{Second}}", "authToken": "{{SecondToken}}", "authTokenSecondary": "\"{{SecondNext}}\"", "region": "IE1"},
          {"accountSid": "{{Third}}", "authToken": "{{ThirdToken}}", "edge": "dublin"}
        ]
        """;

    [Theory]
    [InlineData(First, GatewayBench.AuthToken, 200)]
    [InlineData(Second, SecondToken, 200)]
    [InlineData(Second, SecondNext, 200)]
    [InlineData(Third, ThirdToken, 200)]
    [InlineData(First, SecondToken, 401)]
    [InlineData(Second, GatewayBench.AuthToken, 401)]
    [InlineData(Third, SecondNext, 401)]
    [InlineData("AC00000000000000000000000000000004", GatewayBench.AuthToken, 401)]
    [InlineData("AC00000000000000000000000000000004", ThirdToken, 401)]
    [InlineData("", ThirdToken, 401)]
    public async Task A_call_is_signed_by_a_token_of_its_own_account(string account, string token, int status)
    {
        var bench = new GatewayBench(changes: ("TWILIO_ACCOUNTS", Accounts));

        var answer = await SendAsync(bench, account, token);

        Assert.Equal(status, answer.Status);
        var events = (await bench.Journal.ReadAsync(GatewayBench.Call, TestContext.Current.CancellationToken)).Events;
        Assert.Equal(status == 200 ? [account] : [], events.Select(stored => ((CallFact.CallAnnounced)stored.Fact).AccountSid));
    }

    [Theory]
    [InlineData(First, GatewayBench.AuthToken, "+15550100123", "FIRST")]
    [InlineData(Second, SecondNext, "+4930555000", "SECOND")]
    [InlineData(Third, ThirdToken, "+15550100999", "Nobody is here.")]
    public async Task A_call_that_an_account_makes_has_the_route_of_that_accounts_number(
        string account, string token, string from, string message)
    {
        const string Routes = """
            {"routes":[{"number":"+15550100123","fallback":{"message":"FIRST"}},{"number":"+4930555000","fallback":{"message":"SECOND"}},
                       {"prefix":"+33","fallback":{"message":"THEIRS"}}]}
            """;
        var bench = new GatewayBench(
            changes: [("TWILIO_ACCOUNTS", Accounts), ("ROUTES_JSON", Routes), ("TELEPHONY_ENABLED", "false")]);

        var answer = await SendAsync(bench, account, token, ("From", from), ("To", "+33155501234"), ("Direction", "outbound-api"));

        Assert.Contains($"<Say>{message}</Say>", GatewayBench.Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_have_their_region_and_edge()
    {
        var twilio = Read(("TWILIO_ACCOUNTS", Accounts), ("TWILIO_REGION", "AU1"), ("TWILIO_EDGE", "sydney")).Twilio!;

        Assert.Equal(
            [(First, "au1", "sydney"), (Second, "ie1", null), (Third, null, "dublin")],
            twilio.Accounts.Select(account => (account.AccountSid, account.Region, account.Edge)));
        Assert.DoesNotContain("000000002", $"{twilio}{twilio.Accounts[1]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TWILIO_ACCOUNTS", "[{\"accountSid\": \"x\"", "TWILIO_ACCOUNTS is not readable at $")]
    [InlineData("TWILIO_ACCOUNTS", "{}", "TWILIO_ACCOUNTS is not readable at $")]
    [InlineData("TWILIO_ACCOUNTS", "<accounts>", "TWILIO_ACCOUNTS still contains a placeholder")]
    [InlineData("TWILIO_ACCOUNTS", $"[{{\"accountSid\": \"{Second}\", \"token\": \"a\"}}]",
        "TWILIO_ACCOUNTS is not readable at $[0].token")]
    [InlineData("TWILIO_ACCOUNTS", $"[{{\"accountSid\": \"{Second}\"}}]", "TWILIO_ACCOUNTS[0].authToken is missing")]
    [InlineData("TWILIO_ACCOUNTS", $"[{{\"accountSid\": \"{Second}\", \"authToken\": \"<a>\"}}]", "TWILIO_ACCOUNTS[0].authToken must be")]
    [InlineData("TWILIO_ACCOUNTS", $"[{{\"accountSid\": \"{First}\", \"authToken\": \"a\"}}]", "TWILIO_ACCOUNTS[0].accountSid is the same")]
    [InlineData("TWILIO_ACCOUNTS", "[{\"accountSid\": \"AC1\", \"authToken\": \"a\"}]", "TWILIO_ACCOUNTS[0].accountSid must be AC")]
    [InlineData("TWILIO_ACCOUNTS", $"[{{\"accountSid\": \"{Second}\", \"authToken\": \"a\", \"region\": \"dublin\"}}]",
        "TWILIO_ACCOUNTS[0].region must be")]
    [InlineData("TWILIO_REGION", "dublin", "TWILIO_REGION must be")]
    [InlineData("TWILIO_REGION", "api.ie1.twilio.com", "TWILIO_REGION must be")]
    [InlineData("TWILIO_EDGE", "ie1", "TWILIO_EDGE must be")]
    [InlineData("TWILIO_EDGE", "https://dublin", "TWILIO_EDGE must be")]
    public void A_wrong_account_region_or_edge_stops_the_start_with_its_place(string name, string value, string error) =>
        Assert.StartsWith(
            error,
            Assert.Single(Assert.Throws<SettingsException>(() => Read((name, value))).Errors),
            StringComparison.Ordinal);

    [Fact]
    public void An_account_is_the_same_in_capitals()
    {
        var settings = Read(("TWILIO_ACCOUNT_SID", $"AC{First[2..].ToUpperInvariant()}"));

        Assert.Equal(First, settings.Twilio!.AccountSid);
        Assert.Equal(["TWILIO_ACCOUNT_SID had capitals among its digits"], settings.Repairs);
    }

    private static Task<GatewayResponse> SendAsync(
        GatewayBench bench, string account, string token, params (string Name, string Value)[] more)
    {
        var body = GatewayBench.Encode(
            [("AccountSid", account), ("CallSid", GatewayBench.CallSid), .. more.Length > 0 ? more : [("To", GatewayBench.To)]]);
        return bench.SendAsync(
            "POST",
            "/twilio/voice",
            body,
            ("Content-Type", "application/x-www-form-urlencoded"),
            (TwilioSignature.HeaderName,
                TwilioSignature.Sign($"{GatewayBench.PublicUrl}/twilio/voice", TwilioForm.Parse(body), token)));
    }

    private static GatewaySettings Read(params (string Name, string? Value)[] changes) => new GatewayBench(changes: changes).Settings;
}
