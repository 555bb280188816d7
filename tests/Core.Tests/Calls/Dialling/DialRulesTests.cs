using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Routing.Outbound;
using static VoiceFunctions.Core.Calls.Dialling.Outbound;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dialling;

/// <summary>The room, the agent, the phone: in this order, and what comes of it.</summary>
public sealed class DialRulesTests
{
    [Fact]
    public void The_room_is_opened_first_and_the_agent_sent_into_it()
    {
        Assert.Equal(new CallEffect.OpenRoom(), new Scene(Requested(0)).DueAt(0));
        Assert.Equal(new CallEffect.DispatchAgent(1), new Scene(Requested(0), Opened(0), Started(0)).DueAt(0));
    }

    [Fact]
    public void No_phone_is_called_before_the_agent_is_there_and_holds_its_lease()
    {
        var sent = new Scene(Requested(0), Opened(0), Started(0), Dispatched(0), Done("lease:1", 0.5, "AJ_1"));

        Assert.IsNotType<CallEffect.Dial>(sent.DueAt(1));
        Assert.IsNotType<CallEffect.Dial>(sent.And(Joined(1, Agent(identity: "agent-AJ_2"))).DueAt(1));
        Assert.Equal(new CallEffect.Dial(1), sent.And(Joined(1, Agent(identity: "agent-AJ_1"))).DueAt(1));
    }

    [Fact]
    public void An_agent_that_asks_for_no_lease_is_ready_once_it_is_there() => Assert.Equal(
        new CallEffect.Dial(1),
        new Scene(Requested(0), Opened(0), Started(0), Dispatched(0), Joined(1, Agent())).DueAt(1));

    [Fact]
    public void A_phone_that_may_have_rung_is_looked_for_whoever_is_there()
    {
        var scene = new Scene(Requested(0), Opened(0), Started(0), Dispatched(0));

        Assert.Equal(new CallEffect.Dial(1), scene.And(Held("dial:1", 1, 16)).DueAt(16));
        Assert.Equal(new CallEffect.Dial(1), scene.And(FailedUntil("dial:1", 1, 3) with { Result = "unknown" }).DueAt(3));
        Assert.IsNotType<CallEffect.Dial>(scene.And(FailedUntil("dial:1", 1, 3) with { Result = "unavailable" }).DueAt(3));
    }

    [Fact]
    public void An_attempt_that_a_dead_host_left_open_is_settled_when_its_phone_was_answered()
    {
        var talking = Ready.And(Held("dial:1", 2, 17), Joined(2, Callee()), Answered(9, Callee()), Audio(1.5));

        Assert.IsNotType<CallEffect.Dial>(talking.DueAt(16.9));
        Assert.Equal(new CallEffect.Dial(1), talking.DueAt(17));
        Assert.IsNotType<CallEffect.Dial>(talking.And(Rings(17)).DueAt(17));
    }

    [Fact]
    public void A_ringing_phone_is_no_caller_yet_and_LiveKit_is_asked_every_two_seconds_whether_it_was_answered()
    {
        Assert.Empty(Ringing.State.Callers);
        Assert.Equal(CallStatus.Dialing, Ringing.State.Status);
        Assert.Equal(new CallDecision.WaitUntil(Given.At(4)), Ringing.At(2));
        Assert.Equal(new CallEffect.Reconcile(), Ringing.DueAt(4));
    }

    [Fact]
    public void An_answer_makes_the_phone_the_caller_from_then_on()
    {
        var talking = Ringing.And(Answered(9, Callee()));

        Assert.Equal((CallStatus.Answered, Given.At(9)), (talking.State.Status, talking.State.CallerSince));
        Assert.Equal(Given.At(9), talking.Record.AnsweredAt);
        Assert.Equal(new CallEffect.EndCall(EndCause.MaxDuration), talking.And(Audio(1), Asked(3608)).DueAt(3609));
        Assert.IsNotType<CallEffect.EndCall>(talking.And(Audio(1), Asked(3607)).DueAt(3608));
        Assert.Equal(
            new CallEffect.EndCall(EndCause.CallerHangup),
            talking.And(Gone(20, Hangup, LiveKitSipCallStatus.Hangup)).DueAt(20));
    }

    [Fact]
    public void Silence_counts_from_the_answer_on()
    {
        var talked = Ringing.And(Answered(9, Callee()), Audio(11, Agent(identity: "agent-AJ_1")), Gone(20, Hangup), Ended(20));

        Assert.Equal(2, talked.Record.SilenceSeconds);
    }

    [Theory]
    [InlineData("USER_REJECTED", "ringing", 3, EndCause.Busy)]
    [InlineData("USER_UNAVAILABLE", "dialing", 3, EndCause.NoAnswer)]
    [InlineData("CLIENT_INITIATED", "ringing", 27, EndCause.NoAnswer)]
    [InlineData("CLIENT_INITIATED", "dialing", 3, EndCause.Failed)]
    [InlineData("CLIENT_INITIATED", "dialing", 27, EndCause.NoAnswer)]
    [InlineData("SIP_TRUNK_FAILURE", "dialing", 3, EndCause.Failed)]
    [InlineData("PARTICIPANT_REMOVED", "ringing", 5, EndCause.CallerRemoved)]
    [InlineData("ROOM_DELETED", "ringing", 5, EndCause.RoomClosed)]
    public void How_a_phone_went_that_nobody_answered_is_the_calls_end(string reason, string status, double at, string cause)
    {
        var scene = Ringing.And(Gone(at, reason, status));

        Assert.Equal(new CallEffect.EndCall(cause), scene.DueAt(at));
        var told = Assert.Single(scene.Lifecycle, told => told.Name == LifecycleEventName.CallNotAnswered);
        Assert.Equal((cause, $"{Call}:CALL_NOT_ANSWERED:1"), (told.Cause, told.Id));
    }

    [Fact]
    public void Where_a_list_alone_shows_that_the_phone_is_gone_LiveKits_own_word_is_waited_for()
    {
        var gone = Ringing.And(Gone(5, LiveKitDisconnectReason.Unknown, LiveKitSipCallStatus.Dialing));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(13)), gone.At(5));
        Assert.Equal(new CallEffect.EndCall(EndCause.Failed), gone.DueAt(13));
        Assert.Equal(new CallEffect.EndCall(EndCause.Busy), gone.And(Gone(8, "USER_REJECTED")).DueAt(8));
        Assert.DoesNotContain(gone.Lifecycle, told => told.Name == LifecycleEventName.CallNotAnswered);
    }

    [Fact]
    public void What_was_told_of_an_attempt_stays_told_where_LiveKits_word_comes_after_the_end()
    {
        var over = Ringing.And(Gone(5, LiveKitDisconnectReason.Unknown, LiveKitSipCallStatus.Dialing), Ended(13, EndCause.Failed));
        var late = over.And(Gone(14, Hangup, LiveKitSipCallStatus.Hangup));

        Assert.Superset(over.Lifecycle.Select(told => told.Id).ToHashSet(), late.Lifecycle.Select(told => told.Id).ToHashSet());
        Assert.Contains(over.Lifecycle, told => told is { Name: LifecycleEventName.CallNotAnswered, Cause: EndCause.Failed });
        Assert.Contains(late.Lifecycle, told => told.Name == LifecycleEventName.CallAnswered);
    }

    [Fact]
    public void A_phone_that_was_answered_and_hung_up_between_two_questions_was_answered()
    {
        var scene = Ringing.And(Gone(3, Hangup, LiveKitSipCallStatus.Hangup));

        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), scene.DueAt(3));
        Assert.Contains(scene.Lifecycle, told => told.Name == LifecycleEventName.CallAnswered);
    }

    [Fact]
    public void A_phone_of_which_nothing_is_heard_any_more_was_not_answered() =>
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAnswer), Ringing.And(Asked(37)).DueAt(37));

    [Fact]
    public void Where_no_agent_comes_another_is_sent_and_then_the_call_ends_before_any_phone_rang()
    {
        var sent = new Scene(Requested(0), Opened(0), Started(0), Dispatched(0));

        Assert.Equal(new CallEffect.DispatchAgent(2), sent.And(Asked(10)).DueAt(10));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), sent.And(Dispatched(10, 2), Asked(25)).DueAt(25));
    }

    [Fact]
    public void An_agent_that_is_lost_while_the_phone_rings_is_replaced()
    {
        var lost = Ringing.And(Left(5, Agent(identity: "agent-AJ_1")));

        Assert.Equal(new CallEffect.DispatchAgent(2), lost.And(Asked(8)).DueAt(8));
    }

    [Fact]
    public void An_agent_that_has_finished_before_anybody_answered_ends_the_call() => Assert.Equal(
        new CallEffect.EndCall(EndCause.AgentFinished),
        Ringing.And(Event(4, new CallFact.AgentDone("AJ_1", 1))).DueAt(4));

    [Fact]
    public void A_call_for_later_waits_and_asks_nobody_until_then()
    {
        var later = new Scene(Requested(0, Given.At(7200)));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(7200)), later.At(0));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(7200)), later.At(7199));
        Assert.Equal(new CallEffect.OpenRoom(), later.DueAt(7200));
    }

    [Fact]
    public void A_route_that_says_so_calls_a_busy_phone_again_with_a_room_and_an_agent_of_its_own()
    {
        var busy = Ringing.And(Gone(5, "USER_REJECTED")).With(Redialling);
        var closed = busy.And(Left(25, Agent(identity: "agent-AJ_1"), "ROOM_CLOSED"), Finished(25));
        var again = closed.And(Opened(65, 2), Started(65, Room with { Sid = "RM_2" }));
        var ready = again.And(Dispatched(65, 2), Joined(66, Agent("PA_2"), Room with { Sid = "RM_2" }));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(65)), busy.At(5));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(65)), closed.At(26));
        Assert.Equal(new CallEffect.OpenRoom { Round = 2 }, closed.DueAt(65));
        Assert.Equal(new CallEffect.DispatchAgent(2), again.DueAt(65));
        Assert.Equal(new CallEffect.Dial(2), ready.DueAt(66));
        Assert.Equal(
            new CallEffect.EndCall(EndCause.Busy),
            ready.And(Rings(66, 2), Joined(66, Callee(sid: "PA_callee2"), Room with { Sid = "RM_2" }))
                .And(Left(70, Callee(sid: "PA_callee2"), "USER_REJECTED", Room with { Sid = "RM_2" }))
                .DueAt(70));
    }

    /// <summary>The explorer found it: CreateDispatch was done, and its host crashed before it could say so.</summary>
    [Fact]
    public void An_agent_of_an_earlier_attempt_of_whom_nobody_knows_is_not_sent_again()
    {
        var again = new Scene(
            Requested(0),
            Opened(0),
            Started(0),
            Held("dispatch:1", 0, 15),
            Joined(1, Agent()),
            Rings(2),
            Joined(2, Callee()),
            Gone(3, "USER_REJECTED"),
            Left(23, Agent(), "ROOM_CLOSED"),
            Finished(23),
            Opened(63, 2),
            Started(63, Room with { Sid = "RM_2" })).With(Redialling);

        Assert.Equal(new CallEffect.DispatchAgent(2), again.DueAt(63));
    }

    [Fact]
    public void An_outcome_that_the_route_does_not_name_is_final() => Assert.Equal(
        new CallEffect.EndCall(EndCause.Failed),
        Ringing.With(Redialling).And(Gone(3, "SIP_TRUNK_FAILURE")).With(Redialling).DueAt(3));

    [Theory]
    [InlineData(MachineAction.GoOn, false)]
    [InlineData(MachineAction.LeaveMessage, false)]
    [InlineData(MachineAction.HangUp, true)]
    public void A_machine_is_hung_up_on_where_the_route_says_so(MachineAction action, bool ends)
    {
        var terms = Timeouts with { Outbound = OutboundTerms.Default with { WhenMachine = action } };
        var scene = Ringing.And(
            Answered(9, Callee()),
            Audio(9, Agent(identity: "agent-AJ_1")),
            Event(10, new CallFact.CalleeVerdict("AJ_1", 1, CallFact.CalleeVerdict.Machine))).With(terms);

        Assert.Equal(ends ? new CallEffect.EndCall(EndCause.AnsweredByMachine) : null, scene.DueAt(10));
        Assert.Equal("machine", scene.Record.AnsweredBy);
    }

    [Fact]
    public void A_phone_that_still_rings_when_the_call_is_over_is_stopped_at_once()
    {
        var over = Ringing.And(Ended(6, EndCause.AgentFinished));

        Assert.Equal(new CallEffect.DeleteRoom(1), over.DueAt(6));
    }

    [Fact]
    public void The_order_of_the_events_changes_nothing()
    {
        object[] history = [Requested(0), Opened(0), Started(0), Rings(2), Joined(2, Callee()), Answered(9, Callee()), Gone(20, Hangup)];

        Assert.Equal(new Scene(history).Record, new Scene([.. Enumerable.Reverse(history)]).Record);
    }
}
