using System.Net;
using Twilio.Http;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Functions.Twilio;

namespace VoiceFunctions.Functions.Tests.Twilio;

public sealed class TwilioCallsTests
{
    private const string First = "AC00000000000000000000000000000000";
    private const string Second = "AC00000000000000000000000000000002";
    private const string Third = "AC00000000000000000000000000000003";

    private readonly Wire wire = new();
    private readonly TwilioCalls calls;
    private readonly CallSid call;

    public TwilioCallsTests()
    {
        Assert.True(CallSid.TryParse("CA00000000000000000000000000000001", out var parsed));
        call = parsed;
        calls = new TwilioCalls(
            World.Settings.Read(
                ("TWILIO_REGION", "au1"),
                ("TWILIO_EDGE", "sydney"),
                ("TWILIO_ACCOUNTS",
                    $$"""
                    [{"accountSid": "{{Second}}", "authToken": "two", "region": "ie1"}, {"accountSid": "{{Third}}", "authToken": "three"}]
                    """)).Twilio!,
            wire);
    }

    [Theory]
    [InlineData(null, "api.sydney.au1.twilio.com", First, "a-token")]
    [InlineData(First, "api.sydney.au1.twilio.com", First, "a-token")]
    [InlineData(Second, "api.ie1.twilio.com", Second, "two")]
    [InlineData(Third, "api.twilio.com", Third, "three")]
    public async Task A_call_is_changed_as_its_account_in_the_accounts_region(string? account, string host, string sid, string token)
    {
        var outcome = await calls.HangUpAsync(account, call, TestContext.Current.CancellationToken);
        await calls.RedirectAsync(account, call, "<Response/>", TestContext.Current.CancellationToken);

        Assert.Equal(TwilioCallOutcome.Done, outcome);
        Assert.Equal(2, wire.Requests.Count);
        Assert.All(wire.Requests, request =>
        {
            Assert.Equal($"https://{host}/2010-04-01/Accounts/{sid}/Calls/{call.Value}.json", $"{request.ConstructUrl()}");
            Assert.Equal((sid, token), (request.Username, request.Password));
        });
    }

    [Fact]
    public async Task A_call_of_an_account_that_is_no_longer_set_is_left_alone()
    {
        var outcome = await calls.HangUpAsync("AC00000000000000000000000000000009", call, TestContext.Current.CancellationToken);

        Assert.Equal(TwilioCallOutcome.Failed, outcome);
        Assert.Empty(wire.Requests);
    }

    /// <summary>Notes what is asked of Twilio.</summary>
    private sealed class Wire : global::Twilio.Http.HttpClient
    {
        public List<Request> Requests { get; } = [];

        public override Response MakeRequest(Request request) => throw new NotSupportedException();

        public override Task<Response> MakeRequestAsync(Request request)
        {
            Requests.Add(request);
            return Task.FromResult(new Response(HttpStatusCode.OK, "{}"));
        }
    }
}
