using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Handoffs;

public sealed class CallerTransferTests
{
    private const string Human = "+15550100181";
    private static readonly object[] OverTrunk = [Joined(0), Dispatched(0.3), HandoffRequested(10, HandoffMode.Cold, humans: Human)];
    private static readonly object[] OverTwilio = [Arrived(-1), .. OverTrunk];

    private readonly CallsBench bench = new();
    private readonly Redirecting twilio = new();

    public CallerTransferTests()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
    }

    [Fact]
    public async Task A_caller_of_a_trunk_is_given_away_by_a_refer_to_the_humans_number()
    {
        Assert.Equal(new EffectOutcome.Done("referred"), await TransferAsync(OverTrunk));

        var request = Assert.Single(bench.LiveKit.Transferred);
        Assert.Equal(
            (Room.Name, Caller().Identity, $"tel:{Human}", TimeSpan.FromSeconds(20)),
            (request.RoomName, request.ParticipantIdentity, request.TransferTo, request.RingingTimeout));
        Assert.Empty(twilio.Asked);
    }

    [Fact]
    public async Task A_trunk_that_refuses_leaves_the_caller_where_they_are()
    {
        bench.LiveKit.RefusesTransfersWith = 405;

        Assert.Equal(new EffectOutcome.GaveUp(HandoffFailure.Refused), await TransferAsync(OverTrunk));
        Assert.Single(bench.LiveKit.Rooms.Single().Inside);
    }

    [Fact]
    public async Task What_nobody_knows_is_looked_up_and_never_asked_for_again()
    {
        bench.LiveKit.Script("TransferSipParticipant", Trouble.LostRequest);

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(2), Handoff.UnderWay), await TransferAsync(OverTrunk));
        object[] open = [.. OverTrunk, FailedUntil("transfer:1:1", 20, 22) with { Result = Handoff.UnderWay, BegunAt = Given.At(20) }];
        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(2), Handoff.UnderWay), await TransferAsync(open, 2, 22));
        Assert.Equal(new EffectOutcome.GaveUp(HandoffFailure.NoAnswer), await TransferAsync(open, 9, 50));
        bench.LiveKit.Leave(Room.Name, CallerSid, Hangup);
        Assert.Equal(new EffectOutcome.Done("gone"), await TransferAsync(open, 3, 24));
        Assert.Empty(bench.LiveKit.Transferred);
    }

    [Fact]
    public async Task An_attempt_that_died_half_way_is_looked_up_as_well()
    {
        Assert.Equal(
            new EffectOutcome.TryAgain(TimeSpan.FromSeconds(2), Handoff.UnderWay),
            await TransferAsync([.. OverTrunk, Held("transfer:1:1", 10, 25)], 2, 26));
        Assert.Empty(bench.LiveKit.Transferred);
    }

    [Fact]
    public async Task What_certainly_reached_nobody_is_asked_for_again()
    {
        bench.LiveKit.Script("TransferSipParticipant", Trouble.Unavailable);

        Assert.Equal(
            new EffectOutcome.TryAgain(TimeSpan.FromSeconds(2), HandoffFailure.Unavailable), await TransferAsync(OverTrunk));
        Assert.Equal(
            new EffectOutcome.Done("referred"),
            await TransferAsync([.. OverTrunk, FailedUntil("transfer:1:1", 20, 22) with { Result = "unavailable" }], 2, 22));
    }

    [Fact]
    public async Task A_caller_who_has_left_is_given_to_nobody()
    {
        bench.LiveKit.Leave(Room.Name, CallerSid, Hangup);

        Assert.Equal(new EffectOutcome.GaveUp(HandoffFailure.CallOver), await TransferAsync(OverTrunk));
    }

    [Theory]
    [InlineData(true, "redirected")]
    [InlineData(false, "call_over")]
    [InlineData(null, "under_way")]
    public async Task A_caller_of_Twilio_is_given_away_by_Twilio(bool? answer, string result)
    {
        twilio.Answer = answer;

        Assert.Equal(result, (await TransferAsync(OverTwilio)).InWords.Split(": ")[^1]);
        Assert.Equal(Human, Assert.Single(twilio.Asked));
        Assert.Empty(bench.LiveKit.Transferred);
    }

    [Fact]
    public async Task Twilio_is_asked_once_too_and_the_caller_who_is_still_there_after_seconds_stays()
    {
        object[] open = [.. OverTwilio, FailedUntil("transfer:1:1", 20, 22) with { Result = Handoff.UnderWay, BegunAt = Given.At(20) }];

        Assert.Equal(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(2), Handoff.UnderWay), await TransferAsync(open, 2, 22));
        Assert.Equal(new EffectOutcome.GaveUp(HandoffFailure.Unavailable), await TransferAsync(open, 3, 25));
        Assert.Empty(twilio.Asked);
    }

    [Fact]
    public async Task A_host_that_cannot_redirect_gives_no_caller_of_Twilio_away() => Assert.Equal(
        new EffectOutcome.GaveUp(HandoffFailure.Unavailable),
        await new CallerTransfer(bench.LiveKit, bench.Legs, redirect: null).TransferAsync(
            CallsBench.Context(new Scene(OverTwilio).State), new CallEffect.TransferCaller(1, 0), TestContext.Current.CancellationToken));

    [Fact]
    public async Task Nobody_is_given_to_themselves() => Assert.Equal(
        new EffectOutcome.GaveUp(HandoffFailure.OwnNumber),
        await TransferAsync([Joined(0, Caller() with { PhoneNumber = Human }), .. OverTrunk[1..]]));

    private Task<EffectOutcome> TransferAsync(object[] history, int attempt = 1, double at = 20) =>
        new CallerTransfer(bench.LiveKit, bench.Legs, twilio).TransferAsync(
            CallsBench.Context(new Scene(history).State, attempt, at),
            new CallEffect.TransferCaller(1, 0),
            TestContext.Current.CancellationToken);

    /// <summary>A Twilio that notes whom it is to give callers to.</summary>
    private sealed class Redirecting : ICallerRedirect
    {
        public bool? Answer { get; set; } = true;

        public List<string> Asked { get; } = [];

        public Task<bool?> RedirectAsync(CallState state, PhoneNumber to, TimeSpan ringTime, CancellationToken cancellationToken)
        {
            Asked.Add(to.E164);
            return Task.FromResult(Answer);
        }
    }
}
