using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Dialling.Outbound;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dialling;

/// <summary>Each attempt rings the phone once at most.</summary>
public sealed class CalleeDialerTests
{
    private readonly CallsBench bench = new();

    public CalleeDialerTests() => bench.LiveKit.Open(Room.Name, Room.Sid);

    [Fact]
    public async Task The_phone_is_called_over_the_trunk_and_its_leg_is_known_from_the_answer()
    {
        var outcome = Assert.IsType<EffectOutcome.Done>(await DialAsync(Ready));

        var (request, _) = Assert.Single(bench.LiveKit.Dialled);
        Assert.Equal(
            ("ST_out", Number, "+15550100199", Room.Name, CalleeIdentity.Of(Call)),
            (request.SipTrunkId, request.CallTo, request.From, request.RoomName, request.ParticipantIdentity));
        Assert.Equal((TimeSpan.FromSeconds(25), false), (request.RingingTimeout, request.PlayDialtone));
        var leg = Assert.IsType<CallFact.LegJoined>(Assert.Single(outcome.Learnt).Fact).Leg;
        Assert.Equal((true, LegRole.Caller, $"rings:{leg.SipCallId}"), (leg.IsCallee, leg.Role, outcome.Result));
    }

    [Fact]
    public async Task A_leg_that_is_there_or_was_is_not_rung_again()
    {
        await DialAsync(Ready);

        Assert.IsType<EffectOutcome.Done>(await DialAsync(Ready.And(Held("dial:1", 2, 17)), attempt: 2));
        Assert.IsType<EffectOutcome.Done>(
            await DialAsync(Ready.And(Held("dial:1", 2, 17), Joined(2, Callee()), Gone(3, "USER_REJECTED")), attempt: 2));
        Assert.Single(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_looked_up_at_once()
    {
        bench.LiveKit.Script("CreateSipParticipant", Trouble.LostAnswer);

        Assert.IsType<EffectOutcome.Done>(await DialAsync(Ready));
        Assert.Single(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task A_request_of_which_nobody_knows_is_looked_for_and_never_made_again()
    {
        bench.LiveKit.Script("CreateSipParticipant", Trouble.LostRequest);
        Assert.Equal("unknown", Assert.IsType<EffectOutcome.TryAgain>(await DialAsync(Ready)).Reason);

        var unknown = Ready.And(FailedUntil("dial:1", 2, 4) with { Result = "unknown" });
        bench.LiveKit.Script("ListParticipants", Trouble.Unavailable);
        Assert.Equal("unknown", Assert.IsType<EffectOutcome.TryAgain>(await DialAsync(unknown, attempt: 2)).Reason);
        Assert.Equal("unknown", Assert.IsType<EffectOutcome.TryAgain>(await DialAsync(unknown, attempt: 3)).Reason);
        Assert.Equal(new EffectOutcome.GaveUp("unknown"), await DialAsync(unknown, attempt: CalleeDialer.MaxAttempts));
        Assert.Empty(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task Nothing_is_dialled_while_LiveKit_does_not_say_who_is_there()
    {
        bench.LiveKit.Script("ListParticipants", Trouble.Unavailable);

        Assert.Equal("list_participants", Assert.IsType<EffectOutcome.TryAgain>(await DialAsync(Ready)).Reason);
        Assert.Empty(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task Without_a_trunk_it_is_given_up() => Assert.Equal(
        new EffectOutcome.GaveUp("no_trunk"), await DialAsync(Ready, trunk: null));

    [Theory]
    [InlineData("486", EndCause.Busy)]
    [InlineData("600", EndCause.Busy)]
    [InlineData("480", EndCause.NoAnswer)]
    [InlineData("603", EndCause.Rejected)]
    [InlineData("404", EndCause.Failed)]
    [InlineData("503", EndCause.Failed)]
    public void A_SIP_status_in_LiveKits_error_is_final_whatever_its_HTTP_status(string code, string word) => Assert.Equal(
        word,
        SipRefusal.Of(
            new LiveKitError("resource_exhausted", "", new Dictionary<string, string> { ["sip_status_code"] = code }, 429)));

    [Fact]
    public void A_rate_limit_is_no_busy_phone() =>
        Assert.Null(SipRefusal.Of(new LiveKitError("resource_exhausted", "", new Dictionary<string, string>(), 429)));

    private Task<EffectOutcome> DialAsync(Scene scene, int attempt = 1) => DialAsync(scene, new OutboundTrunk("ST_out", null), attempt);

    private Task<EffectOutcome> DialAsync(Scene scene, OutboundTrunk? trunk, int attempt = 1) =>
        new CalleeDialer(bench.LiveKit, bench.Legs, trunk).DialAsync(
            CallsBench.Context(scene.State, attempt, at: 2), new CallEffect.Dial(1), TestContext.Current.CancellationToken);
}
