using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.CallerRemoval;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Ending;

/// <summary>Somebody ends a call over the API.</summary>
public sealed class EndRequestTests
{
    private static readonly object[] Talking =
        [Started(0), Joined(0), Dispatched(0.3), Joined(0.6, Agent()), Audio(0.7), EndRequested(20)];

    private static readonly Leg Operator = Other(LegRole.Guest, "PA_operator");

    private static readonly Scene WithOperator =
        new([.. Talking, Joined(10, Operator), Audio(11, Operator), Ended(20, EndCause.ApiEnd), Left(20.2, Agent())]);

    [Fact]
    public void The_call_ends_at_once_and_its_caller_does_not_sit_in_silence()
    {
        var scene = new Scene(Talking);

        Assert.Equal(new CallEffect.EndCall(EndCause.ApiEnd), scene.DueAt(20));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.And(Ended(20, EndCause.ApiEnd)).DueAt(20));
    }

    [Fact]
    public void A_caller_who_had_hung_up_before_has_hung_up()
    {
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), new Scene([.. Talking, Left(19)]).DueAt(20));
        Assert.Equal(
            new CallEffect.EndCall(EndCause.CallerHangup),
            new Scene(Arrived(0), TwilioLegEnded(3, "completed", isCaller: true), EndRequested(4)).DueAt(4));
    }

    [Fact]
    public void A_caller_whose_leg_is_still_on_its_way_is_put_out_when_it_comes()
    {
        var scene = new Scene(Arrived(0), EndRequested(1));
        var late = scene.And(Ended(1, EndCause.ApiEnd), Deleted(1.1), Started(3), Joined(3));

        Assert.Equal(new CallEffect.EndCall(EndCause.ApiEnd), scene.DueAt(1));
        Assert.Equal(new CallEffect.DeleteRoom(2), late.DueAt(3));
    }

    [Fact]
    public void A_call_outside_of_its_hours_and_one_that_rings_at_a_human_end_as_well()
    {
        var rings = new Scene(Joined(0), Done("call-human", 0.2, "rings:SCL_1"), Joined(0.3, Human()), EndRequested(5)).With(HumanTimeouts);

        Assert.Equal(new CallEffect.EndCall(EndCause.ApiEnd), rings.DueAt(5));
        Assert.Equal(new CallEffect.EndCall(EndCause.ApiEnd), rings.With(HumanTimeouts with { IsClosed = true }).DueAt(5));
        Assert.Equal(new CallEffect.DeleteRoom(1), rings.And(Ended(5, EndCause.ApiEnd)).DueAt(5));
    }

    [Fact]
    public void Where_others_keep_the_room_the_caller_alone_is_put_out()
    {
        Assert.Equal(new CallEffect.DropCallers(1), WithOperator.DueAt(20.3));
        Assert.IsNotType<CallEffect.DropCallers>(WithOperator.And(Done("drop-callers:1", 20.4, "1"), Left(20.4)).DueAt(90));
        Assert.IsNotType<CallEffect.DropCallers>(WithOperator.And(Done("drop-callers:1", 20.4, "0")).DueAt(24.3));
        Assert.Equal(new CallEffect.DropCallers(2), WithOperator.And(Done("drop-callers:1", 20.4, "0")).DueAt(24.4));
    }

    [Fact]
    public void Nobody_is_put_out_of_a_call_that_ended_otherwise_or_who_came_after_its_end()
    {
        object[] others = [Started(0), Joined(0), Joined(10, Operator), Audio(11, Operator)];

        Assert.IsNotType<CallEffect.DropCallers>(new Scene([.. others, Ended(60, EndCause.MaxDuration)]).DueAt(60));
        Assert.IsNotType<CallEffect.DropCallers>(
            new Scene([.. others, Left(20), EndRequested(21), Ended(21, EndCause.ApiEnd), Joined(30, Caller("PA_2", "sip_2"))]).DueAt(30));
    }

    [Fact]
    public async Task Callers_are_removed_and_what_could_not_be_done_is_tried_again()
    {
        var bench = new CallsBench();
        var caller = bench.LiveKit.Join(Room.Name, Caller());
        bench.LiveKit.Join(Room.Name, Operator);
        var remover = new CallerRemover(bench.LiveKit);
        var state = new Scene([.. Talking, Joined(1, caller), Ended(20, EndCause.ApiEnd)]).State;

        bench.LiveKit.Script("RemoveParticipant", Trouble.Refused);
        var away = await RemoveAsync();
        var done = await RemoveAsync();
        var again = await RemoveAsync();

        Assert.Equal("remove_participant", Assert.IsType<EffectOutcome.TryAgain>(away).Reason);
        Assert.All([done, again], outcome => Assert.IsType<EffectOutcome.Done>(outcome));
        Assert.Contains(done.Learnt, learnt => learnt.Fact is CallFact.LegLeft { Reason: LiveKitDisconnectReason.ParticipantRemoved });
        Assert.Equal([Operator.Identity], Assert.Single(bench.LiveKit.Rooms).Inside.Select(leg => leg.Identity));

        Task<EffectOutcome> RemoveAsync() => remover.RemoveAsync(
            CallsBench.Context(state), new CallEffect.DropCallers(1), TestContext.Current.CancellationToken);
    }
}
