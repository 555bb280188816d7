using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Handover;

public sealed class HandoverRulesTests
{
    private static readonly CallEffect Call = new CallEffect.CallHuman();
    private static readonly object[] NoWorker = [Joined(0), Dispatched(0.3), Dispatched(10.5, 2)];
    private static readonly object[] Ringing =
        [.. NoWorker, Done("call-human", 26, "rings:SCL_1"), Joined(26, Human()), Audio(26.1, Human())];

    [Fact]
    public void A_caller_of_a_trunk_who_hears_nobody_is_handed_over_to_a_human_once_LiveKit_confirmed_it()
    {
        var scene = Of(NoWorker);

        Assert.IsNotType<CallEffect.CallHuman>(scene.And(Asked(24.9)).DueAt(24.9));
        Assert.Equal(Call, scene.And(Asked(25)).DueAt(25));
    }

    [Fact]
    public void A_caller_of_whom_we_hear_late_is_sent_an_agent_and_a_human_only_if_that_agent_is_not_heard()
    {
        var late = Of([Joined(0), Asked(34)]);

        Assert.Equal(new CallEffect.DispatchAgent(1), late.DueAt(34));
        var sent = late.And(Dispatched(34));
        Assert.IsNotType<CallEffect.CallHuman>(sent.And(Asked(37.9)).DueAt(37.9));
        Assert.Equal(Call, sent.And(Asked(38)).DueAt(38));
    }

    [Fact]
    public void A_caller_of_Twilio_of_whom_we_hear_late_is_sent_an_agent_before_the_call_ends()
    {
        var late = Of([Arrived(0), Joined(1), Asked(34)]);

        Assert.Equal(new CallEffect.DispatchAgent(1), late.DueAt(34));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), late.And(Dispatched(34), Asked(38)).DueAt(38));
    }

    [Fact]
    public void A_caller_of_Twilio_is_brought_to_the_human_by_Twilio_once_the_room_is_gone()
    {
        var scene = Of([Arrived(0), .. NoWorker, Asked(25)]);

        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), scene.DueAt(25));
    }

    [Fact]
    public void A_human_is_called_once_and_no_agent_is_sent_any_more()
    {
        var scene = Of(Ringing);

        Assert.All(Enumerable.Range(26, 30), second => Assert.True(scene.And(Asked(second)).DueAt(second) is null or CallEffect.Reconcile));
    }

    [Fact]
    public void The_ringing_tone_of_the_humans_phone_is_nobody() => Assert.Equal(Given.At(0), CallSilence.Since(Of(Ringing).State));

    [Fact]
    public void A_human_who_picked_up_ends_the_silence()
    {
        var scene = Of([.. Ringing, Answered(32), Asked(120)]);

        Assert.Null(CallSilence.Since(scene.State));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(180)), scene.At(120));
    }

    [Fact]
    public void A_human_who_hangs_up_ends_the_call() =>
        Assert.Equal(new CallEffect.EndCall(EndCause.HumanHangup), Of([.. Ringing, Answered(32), Left(90, Human())]).DueAt(90));

    [Theory]
    [InlineData("USER_REJECTED")]
    [InlineData("USER_UNAVAILABLE")]
    public void A_human_who_does_not_take_the_call_ends_it_at_once(string reason) =>
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), Of([.. Ringing, Left(40, Human(), reason)]).DueAt(40));

    [Fact]
    public void A_human_of_whom_nothing_more_is_heard_ends_the_call_after_the_ringing()
    {
        var scene = Of([.. NoWorker, Done("call-human", 26, "rings:SCL_1")]);

        Assert.IsNotType<CallEffect.EndCall>(scene.And(Asked(65.9)).DueAt(65.9));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), scene.And(Asked(66)).DueAt(66));
    }

    [Theory]
    [InlineData("USER_REJECTED")]
    [InlineData("USER_UNAVAILABLE")]
    public void Where_the_route_has_several_humans_the_next_one_is_called_when_one_did_not_take_the_call(string reason)
    {
        var two = HumanTimeouts with { Silence = HumanTimeouts.Silence with { Humans = 2 } };
        var declined = new Scene([.. Ringing, Left(40, Human(), reason)]).With(two);
        var next = new CallEffect.CallHuman { Index = 1 };

        Assert.Equal(next, declined.DueAt(40));
        var second = declined.And(Done("call-human:2", 41, "rings:SCL_2"), Joined(41.1, Human("PA_human2")));
        Assert.IsNotType<CallEffect.CallHuman>(second.DueAt(45));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), second.And(Left(60, Human("PA_human2"), reason)).DueAt(60));
        Assert.Null(CallSilence.Since(second.And(Answered(50, Human("PA_human2"))).State));
        Assert.Equal(next, new Scene([.. NoWorker, GivenUp("call-human", 30)]).With(two).DueAt(30));
    }

    [Fact]
    public void A_human_who_cannot_be_called_ends_the_call() =>
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), Of([.. NoWorker, GivenUp("call-human", 30)]).DueAt(30));

    [Fact]
    public void A_call_of_the_human_that_failed_is_made_again_and_ends_nothing_meanwhile()
    {
        var scene = Of([.. NoWorker, FailedUntil("call-human", 26, 28), Asked(27)]);

        Assert.Null(scene.DueAt(27));
        Assert.Equal(Call, scene.DueAt(28));
    }

    [Fact]
    public void An_agent_that_comes_after_the_human_was_called_is_surplus()
    {
        var scene = Of([.. Ringing, Joined(30, Agent()), Asked(30)]);

        Assert.Equal(new CallEffect.RemoveSurplusAgents(1), scene.DueAt(30));
    }

    [Fact]
    public void The_caller_leaving_ends_the_call_whoever_rings() =>
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), Of([.. Ringing, Left(30)]).DueAt(30));

    [Fact]
    public void The_room_goes_at_once_when_the_human_has_hung_up() =>
        Assert.Equal(
            new CallEffect.DeleteRoom(1),
            Of([.. Ringing, Answered(32), Left(90, Human()), Ended(90, EndCause.HumanHangup)]).DueAt(90));

    [Fact]
    public void That_the_human_is_called_is_told() =>
        Assert.Contains(Of(Ringing).Lifecycle, published => published.Name == "HUMAN_CALLED" && published.At == Given.At(26));

    private static Scene Of(params object[] history) => new Scene(history).With(HumanTimeouts);
}
