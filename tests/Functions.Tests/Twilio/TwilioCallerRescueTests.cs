using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Functions.Http;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Twilio;

public sealed class TwilioCallerRescueTests
{
    private readonly FunctionApp app = new();
    private readonly PhoneCall call;

    public TwilioCallerRescueTests() => call = new PhoneCall(app, new RoomNaming("call").NameOf(CallId.ForTwilio(TwilioRequest.CallSid)));

    [Fact]
    public async Task A_caller_whom_no_agent_serves_while_LiveKit_is_away_is_brought_to_the_fallback()
    {
        await BeginAsync();
        app.Api.IsAway = true;

        await app.PassAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Equal(EndCause.NoAgent, Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded).Cause);
        var (callSid, twiml) = Assert.Single(app.Desk.Orders);
        Assert.Equal(TwilioRequest.CallSid, callSid);
        Assert.Contains("<Say", twiml, StringComparison.Ordinal);
        Assert.Equal(["AC00000000000000000000000000000000"], app.Desk.Accounts);
    }

    [Fact]
    public async Task A_caller_is_taken_over_once_however_long_LiveKit_is_away()
    {
        await BeginAsync();
        app.Api.IsAway = true;

        await app.PassAsync(TimeSpan.FromMinutes(20), TestContext.Current.CancellationToken);

        Assert.Single(app.Desk.Orders);
    }

    [Fact]
    public async Task What_Twilio_did_not_take_is_tried_again()
    {
        app.Desk.IsAway = true;
        await BeginAsync();
        app.Api.IsAway = true;
        await app.PassAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        var refused = app.Desk.Orders.Count;

        app.Desk.IsAway = false;
        await app.PassAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);

        Assert.InRange(refused, 1, 10);
        Assert.Equal(refused + 1, app.Desk.Orders.Count);
    }

    [Fact]
    public async Task A_caller_who_has_gone_is_left_alone()
    {
        await BeginAsync();
        app.Api.IsAway = true;
        await new TwilioFunctions(app.Front).StatusAsync(
            TwilioRequest.LiveKitLegEnded("https://voice.example.com/twilio/status"), app.Client, TestContext.Current.CancellationToken);

        await app.PassAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);

        Assert.Empty(app.Desk.Orders);
    }

    [Fact]
    public async Task While_LiveKit_answers_the_rooms_deletion_is_enough()
    {
        await BeginAsync();

        await app.PassAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.False(call.HasRoom);
        Assert.Empty(app.Desk.Orders);
    }

    [Fact]
    public async Task A_call_of_the_longest_duration_is_hung_up_where_LiveKit_will_not()
    {
        await BeginAsync();
        call.AgentJoins();
        call.AgentSpeaks();
        await app.PassAsync(TimeSpan.FromMinutes(50), TestContext.Current.CancellationToken);
        app.Api.IsAway = true;

        await app.PassAsync(TimeSpan.FromMinutes(12), TestContext.Current.CancellationToken);

        Assert.Equal(EndCause.MaxDuration, Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded).Cause);
        Assert.Equal((TwilioRequest.CallSid, null), Assert.Single(app.Desk.Orders));
    }

    private async Task BeginAsync()
    {
        await new TwilioFunctions(app.Front)
            .VoiceAsync(TwilioRequest.Arrival("https://voice.example.com/twilio/voice"), app.Client, TestContext.Current.CancellationToken);
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
    }
}
