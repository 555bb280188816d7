using System.Text;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Http;
using VoiceFunctions.Functions.Tests.Http;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Twilio;

public sealed class TwilioCallerRedirectTests
{
    private const string Secret = "a-secret-that-signs-the-operators-tokens";
    private const string Human = "+15550100183";

    private readonly FunctionApp app = new(
        null, (SettingNames.ApiKeys, """{"golf":"golf-key-hunter2"}"""), (SettingNames.ApiTokenSecret, Secret));

    private readonly PhoneCall call;

    public TwilioCallerRedirectTests() => call = new PhoneCall(app, new RoomNaming("call").NameOf(CallId.ForTwilio(TwilioRequest.CallSid)));

    [Fact]
    public async Task A_caller_of_Twilios_is_given_to_the_human_by_the_account_of_their_call()
    {
        await TalkAsync();

        Assert.Equal(200, await TransferAsync());
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        var (callSid, twiml) = Assert.Single(app.Desk.Orders);
        Assert.Equal(TwilioRequest.CallSid, callSid);
        Assert.Contains($"{Human}</Number>", twiml, StringComparison.Ordinal);
        Assert.Contains("https://voice.example.com/twilio/dial-result", twiml, StringComparison.Ordinal);
        Assert.Equal(["AC00000000000000000000000000000000"], app.Desk.Accounts);
    }

    [Fact]
    public async Task A_caller_who_was_given_away_is_never_hung_up_on()
    {
        await TalkAsync();
        await TransferAsync();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        call.CallerLeaves();
        app.Api.IsAway = true;

        await app.PassAsync(TimeSpan.FromHours(2), TestContext.Current.CancellationToken);

        Assert.Equal(EndCause.Transferred, Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded).Cause);
        Assert.Single(app.Desk.Orders);
    }

    [Fact]
    public async Task Where_Twilio_does_not_take_it_the_caller_keeps_the_agent_and_it_is_told()
    {
        await TalkAsync();
        app.Desk.IsAway = true;

        await TransferAsync();
        await app.PassAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Single(app.Told, told => told.Name == LifecycleEventName.HandoffFailed);
        Assert.True(call.HasRoom);
        Assert.Single(app.Desk.Orders);
    }

    private async Task TalkAsync()
    {
        await new TwilioFunctions(app.Front)
            .VoiceAsync(TwilioRequest.Arrival("https://voice.example.com/twilio/voice"), app.Client, TestContext.Current.CancellationToken);
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        call.AgentJoins();
        call.AgentSpeaks();
        await app.PassAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private async Task<int> TransferAsync()
    {
        var body = $$"""{"call_id":"{{CallId.ForTwilio(TwilioRequest.CallSid)}}","to":"{{Human}}","mode":"cold","reason":"billing"}""";
        var request = new TestRequest(
            "POST",
            "https://voice.example.com/handoff",
            Encoding.UTF8.GetBytes(body),
            ("Authorization", $"Bearer {new ApiTokens(Secret, app.Clock).Issue("golf")}"));
        var response = await new HandoffFunctions(app.Front).HandoffAsync(request, app.Client, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
