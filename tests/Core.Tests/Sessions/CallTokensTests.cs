using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Sessions;

/// <summary>The tokens with which somebody joins a call without a phone: what they allow, and for how long.</summary>
public sealed class CallTokensTests
{
    private static readonly CallEvent Request = Event(0, new CallFact.CallRequested { Tenant = "golf" }, "requested");

    private readonly SessionBench bench = new();

    [Theory]
    [InlineData(CallTokenRole.Caller, "driver_", LiveKitAttributes.CallerRole)]
    [InlineData(CallTokenRole.Human, "human_", LiveKitAttributes.HumanRole)]
    [InlineData(CallTokenRole.Bot, "bot_", LiveKitAttributes.AgentRole)]
    public void There_is_one_of_each_in_a_call_whose_role_nobody_can_change(CallTokenRole role, string prefix, string word)
    {
        var claims = Claims(Make(role, new Scene(Request).State)!);

        Assert.Equal($"{prefix}{Call}", claims.Subject);
        Assert.Equal(word, claims.Attributes[LiveKitAttributes.Role]);
        Assert.Equal(role == CallTokenRole.Bot, claims.Grants.CanUpdateOwnMetadata == true);
        Assert.Equal(role == CallTokenRole.Bot, claims.Kind == LiveKitTokenClaims.Agent);
    }

    [Theory]
    [InlineData(CallTokenRole.Caller)]
    [InlineData(CallTokenRole.Human)]
    [InlineData(CallTokenRole.Bot)]
    [InlineData(CallTokenRole.Listener)]
    public void Nobody_gets_into_another_room_or_publishes_more_than_a_voice(CallTokenRole role)
    {
        var grants = Claims(Make(role, new Scene(Request).State)!).Grants;

        Assert.Equal((true, Room.Name), (grants.RoomJoin, grants.Room));
        Assert.False(grants.RoomAdmin || grants.RoomCreate || grants.RoomList || grants.SipCall);
        Assert.True(grants.CanPublish == false || grants.CanPublishSources!.SequenceEqual(["microphone"]));
        Assert.Equal(role == CallTokenRole.Bot, grants.CanPublishData);
    }

    [Fact]
    public void A_listener_hears_unseen_and_cannot_speak_and_two_do_not_throw_each_other_out()
    {
        var state = new Scene(Request, Joined(1)).State;
        var (one, other) = (Make(CallTokenRole.Listener, state)!, Make(CallTokenRole.Listener, state)!);

        var grants = Claims(one).Grants;
        Assert.Equal((false, true, false, true), (grants.CanPublish, grants.CanSubscribe, grants.CanPublishData, grants.Hidden));
        Assert.NotEqual(one.Identity, other.Identity);
    }

    [Fact]
    public void A_token_is_good_for_as_long_as_the_call_can_last_and_no_longer()
    {
        Assert.Equal(At(120 + 3600), Make(CallTokenRole.Caller, new Scene(Request).State)!.ExpiresAt);
        var joined = new Scene(Request, Joined(30)).State;
        Assert.Equal(At(30 + 3600), Make(CallTokenRole.Caller, joined, at: 40)!.ExpiresAt);
        Assert.Null(Make(CallTokenRole.Human, joined, at: 30 + 3600));
        Assert.Null(Make(CallTokenRole.Human, new Scene(Request, Joined(30), Left(40), Ended(41)).State, at: 42));
    }

    [Fact]
    public async Task A_tenant_gets_tokens_for_a_call_that_goes_on()
    {
        var callId = await bench.StartAsync();

        var answer = await bench.PostAsync($"/calls/{callId}/tokens", """{"role":"human"}""");

        Assert.Equal($"human_{callId}", bench.Claims(SessionBench.TextIn(answer, "token")).Subject);
        Assert.Equal(400, (await bench.PostAsync($"/calls/{callId}/tokens", """{"role":"caller"}""")).Status);
        Assert.Equal(404, (await bench.PostAsync("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/tokens", """{"role":"human"}""")).Status);
    }

    private static CallToken? Make(CallTokenRole role, CallState state, double at = 0) => new CallTokens(
        new LiveKitKeyring(GatewayBench.Key),
        LiveKit.Api.LiveKitHost.TryParse("https://livekit.example.com", out var host) ? host : throw new InvalidOperationException(),
        Naming,
        new RouteTable(CallsBench.Route),
        new Testing.ManualClock(At(at))).Make(state, role);

    private static LiveKitTokenClaims Claims(CallToken token) =>
        LiveKitToken.TryVerify(new LiveKitKeyring(GatewayBench.Key), token.Text, Noon, out var claims)
            ? claims
            : throw new InvalidOperationException();
}
