using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Publishing;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Lifecycle;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.RoomDeletion;

public sealed class RoomDeletionRulesTests
{
    [Fact]
    public void A_room_that_somebody_may_be_opening_is_deleted_when_they_no_longer_can()
    {
        var scene = new Scene(
            Event(0, new CallFact.CallRequested { Tenant = "golf" }), Held("open-room", 0, 15), Started(1), Joined(1), Left(2), Ended(2));

        Assert.IsNotType<CallEffect.DeleteRoom>(scene.DueAt(14.9));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.DueAt(15));
    }

    private static readonly object[] HungUp =
        [Started(0), Joined(0), Dispatched(0.3), Joined(0.6, Agent()), Audio(0.7), Left(20), Ended(20)];

    [Fact]
    public void The_room_stays_for_the_grace_and_is_then_deleted()
    {
        Assert.Equal(new CallDecision.WaitUntil(Given.At(30)), new Scene(HungUp).At(20));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(30)), new Scene(HungUp).At(29.9));
        Assert.Equal(new CallEffect.DeleteRoom(1), new Scene(HungUp).DueAt(30));
        Assert.Equal(new CallEffect.DeleteRoom(1), new Scene(HungUp).With(Timeouts with { RoomGrace = TimeSpan.Zero }).DueAt(20));
    }

    [Theory]
    [InlineData(EndCause.NoAgent)]
    [InlineData(EndCause.MaxDuration)]
    public void A_caller_who_would_sit_in_silence_is_released_at_once(string cause) =>
        Assert.Equal(new CallEffect.DeleteRoom(1), new Scene(Joined(0), Dispatched(0.3), Ended(40, cause)).DueAt(40));

    [Fact]
    public void A_leg_whose_leaving_was_not_told_is_given_the_shorter_grace()
    {
        var scene = new Scene(Arrived(0), Joined(1), Dispatched(1.2), DialEnded(40, "completed"), Ended(40, EndCause.DialCompleted));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(45)), scene.At(40));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.DueAt(45));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.With(Timeouts with { RoomGrace = TimeSpan.FromSeconds(2) }).DueAt(42));
    }

    [Fact]
    public void The_room_is_not_deleted_while_a_dispatch_is_in_flight_that_would_open_it_again()
    {
        var scene = new Scene(Joined(0), Held("dispatch:1", 19, 34), Left(20), Ended(20));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(34)), scene.At(31));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.And(Dispatched(33)).DueAt(33));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(40)), scene.And(Held("dispatch:2", 20, 40)).At(36));
    }

    [Fact]
    public void What_came_of_a_dispatch_whose_maker_died_is_looked_up_before_the_room_goes()
    {
        var scene = new Scene(Joined(0), Held("dispatch:1", 4, 19), Joined(5, Agent()), Audio(6), Left(8), Ended(8));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(19)), scene.At(18.9));
        Assert.Equal(new CallEffect.DispatchAgent(1), scene.DueAt(19));
        Assert.Equal(new CallEffect.DispatchAgent(1), scene.And(FailedUntil("dispatch:1", 9, 10)).DueAt(10));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.And(GivenUp("dispatch:1", 19)).DueAt(19));
    }

    [Fact]
    public void A_deletion_that_failed_is_the_same_round_again_at_its_time()
    {
        var scene = new Scene([.. HungUp, FailedUntil("delete-room:1", 31, 33)]);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(33)), scene.At(32));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.DueAt(33));
    }

    [Fact]
    public void A_deletion_that_another_host_is_at_is_left_to_it()
    {
        var scene = new Scene([.. HungUp, Held("delete-room:1", 31, 46)]);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(46)), scene.At(32));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.DueAt(46));
    }

    [Fact]
    public void A_call_is_done_when_its_room_is_gone_and_everything_told() =>
        Assert.Equal(new CallDecision.Done(), new Scene([.. HungUp, Deleted(31)]).At(31));

    [Fact]
    public void A_call_whose_room_cannot_be_deleted_is_done_and_says_so()
    {
        var scene = new Scene([.. HungUp, GivenUp("delete-room:1", 2000)]);

        Assert.Equal(new CallDecision.Done(), scene.At(2000));
        Assert.Equal(LifecycleEventName.RoomDeleteFailed, scene.Lifecycle[^1].Name);
    }

    [Fact]
    public void A_call_is_not_done_while_something_is_untold()
    {
        var scene = new Scene([.. HungUp, Deleted(31)]);
        var claims =
            scene.Lifecycle.Select(published => Done("publish:" + LifecycleEvents.KeyOf(published), 31, "told")).ToArray<object>();

        Assert.IsType<CallEffect.Publish>(Assert.IsType<CallDecision.Do>(scene.UntoldAt(31)).Effect);
        Assert.Equal(new CallDecision.Done(), scene.And(claims).UntoldAt(31));
        Assert.Equal(
            new CallDecision.WaitUntil(Given.At(36)),
            scene.And(claims).And(FailedUntil("publish:CALL_ENDED", 31, 36)).UntoldAt(31));
        Assert.Equal(
            new CallEffect.Publish(["CALL_ENDED"]),
            Assert.IsType<CallDecision.Do>(scene.And(claims).And(FailedUntil("publish:CALL_ENDED", 31, 36)).UntoldAt(36)).Effect);
    }

    [Fact]
    public void A_sink_that_refuses_does_not_keep_the_room_alive()
    {
        var scene = new Scene([
            .. HungUp,
            .. new Scene(HungUp).Lifecycle.Select(published => FailedUntil("publish:" + LifecycleEvents.KeyOf(published), 29, 34)),
        ]);

        Assert.Equal(new CallDecision.Do(new CallEffect.DeleteRoom(1)), scene.UntoldAt(30));
    }

    [Fact]
    public void A_call_ends_once_whatever_else_is_told()
    {
        var scene = new Scene([
            .. HungUp,
            DialEnded(21, "busy"),
            TwilioLegEnded(22, "failed", isCaller: true),
            Finished(23),
            Joined(24, Caller("PA_2")),
            Left(25, Caller("PA_2"), "PARTICIPANT_REMOVED"),
        ]);

        Assert.All(Enumerable.Range(20, 80), second => Assert.IsNotType<CallEffect.EndCall>(scene.DueAt(second)));
        Assert.Equal(
            (CallStatus.Ended, EndCause.CallerHangup, Given.At(20)),
            (scene.Record.Status, scene.Record.EndCause, scene.Record.EndedAt));
        Assert.Single(scene.Lifecycle, published => published.Name == LifecycleEventName.CallEnded);
    }

    [Fact]
    public void A_caller_who_comes_after_the_end_is_put_out_at_once_and_gets_no_agent()
    {
        var late = new Scene(Arrived(0), Ended(40, EndCause.NeverJoined), Deleted(50), Started(60), Joined(60));

        Assert.Equal(new CallEffect.DeleteRoom(2), late.DueAt(60));
        Assert.Equal(
            new CallEffect.DeleteRoom(1),
            new Scene(Arrived(0), Ended(40, EndCause.NeverJoined), Started(42), Joined(42)).DueAt(42));
    }

    [Fact]
    public void A_second_caller_who_comes_after_the_end_is_never_put_out_but_begins_a_call_of_their_own()
    {
        var scene = new Scene(Arrived(0), Joined(1), Dispatched(1.2), DialEnded(40, "completed"), Ended(40, EndCause.DialCompleted));
        var second = scene.And(Joined(42, Caller("PA_2", "sip_2")));

        Assert.Equal(new CallEffect.HandOn(), second.DueAt(42));
        var handedOn = second.And(Done("hand-on", 42.1, "other"));
        Assert.All(Enumerable.Range(42, 300), second => Assert.IsNotType<CallEffect.DeleteRoom>(handedOn.DueAt(second)));
    }

    [Fact]
    public void While_other_people_talk_the_room_is_theirs_and_is_looked_at_again()
    {
        var guest = Other(LegRole.Guest);
        var scene = new Scene(Joined(0), Dispatched(0.3), Joined(5, guest), Audio(6, guest), Left(40), Ended(40));

        Assert.Null(scene.DueAt(49));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(50));
        Assert.Null(scene.And(Asked(50)).DueAt(109));
        Assert.Equal(new CallEffect.Reconcile(), scene.And(Asked(50)).DueAt(110));
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.And(Left(110, guest)).DueAt(110));
    }

    [Fact]
    public void A_silent_listener_keeps_no_room() => Assert.Equal(
        new CallEffect.DeleteRoom(1),
        new Scene(Joined(0), Dispatched(0.3), Joined(5, Other(LegRole.Guest)), Left(40), Ended(40)).DueAt(50));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_human_whom_the_call_dialled_is_released_at_once_when_the_caller_is_gone(bool answered)
    {
        object[] history = [Joined(0), Dispatched(0.3), Done("call-human", 26, "rings:SCL_1"), Joined(26, Human()), Left(40), Ended(40)];
        var scene = new Scene(answered ? [.. history, Answered(30)] : history);

        Assert.Equal(new CallEffect.DeleteRoom(1), scene.DueAt(40));
    }

    [Fact]
    public void While_the_human_is_just_being_dialled_the_room_waits_so_that_it_is_not_opened_again() => Assert.Equal(
        new CallDecision.WaitUntil(Given.At(54)),
        new Scene(Joined(0), Dispatched(0.3), Held("call-human", 39, 54), Left(40), Ended(40)).At(45));

    [Fact]
    public void A_room_is_not_said_to_be_deleted_before_it_is()
    {
        var never = new Scene(Arrived(0), Ended(40, EndCause.NeverJoined), Deleted(50));
        var late = never.And(Started(60), Joined(60));

        Assert.DoesNotContain(never.Lifecycle, published => published.Name == LifecycleEventName.RoomDeleted);
        Assert.DoesNotContain(late.Lifecycle, published => published.Name == LifecycleEventName.RoomDeleted);
        Assert.Equal(
            Given.At(61),
            Assert.Single(late.And(Deleted(61, 2)).Lifecycle, published => published.Name == LifecycleEventName.RoomDeleted).At);
    }

    [Fact]
    public void A_room_that_lives_again_is_deleted_again()
    {
        var deleted = new Scene([.. HungUp, Deleted(31)]);
        var again = deleted.And(Started(40, Room with { Sid = "RM_2" }));

        Assert.Equal(new CallEffect.DeleteRoom(2), again.DueAt(40));
        Assert.Equal(new CallDecision.Done(), again.And(Deleted(41, 2)).At(41));
        Assert.Equal(new CallDecision.Done(), again.And(Finished(41, Room with { Sid = "RM_2" })).At(41));
        Assert.Equal(new CallDecision.Done(), deleted.And(Finished(31.5)).At(32));
    }

    [Fact]
    public void A_leg_whose_leaving_was_never_told_left_when_the_room_was_deleted()
    {
        var scene = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Ended(40, EndCause.NoAgent), Deleted(41));

        var left = scene.Lifecycle.Where(published => published.Name == LifecycleEventName.ParticipantLeft).ToList();

        Assert.Equal([AgentSid, CallerSid], left.Select(published => published.ParticipantSid).Order());
        Assert.All(left, published =>
            Assert.Equal(("ROOM_DELETED", true, Given.At(41)), (published.Cause, published.Inferred, published.At)));
    }

    [Fact]
    public void A_call_stays_a_call_when_its_leg_turns_out_never_to_have_got_in()
    {
        var scene = new Scene([.. HungUp, Aborted(21), Aborted(21, Agent())]);

        Assert.Equal(CallStatus.Ended, scene.Record.Status);
        Assert.Contains(scene.Lifecycle, published => published.Name == LifecycleEventName.CallEnded);
        Assert.Equal(new CallEffect.DeleteRoom(1), scene.DueAt(30));
    }

    [Fact]
    public void A_joining_that_is_told_after_the_room_was_deleted_is_followed_by_its_leaving()
    {
        var scene = new Scene(Started(0), Joined(1), Dispatched(1.2), Left(20), Ended(20), Deleted(30), Joined(31, Agent()));

        Assert.Single(scene.Lifecycle, published => published is { Name: LifecycleEventName.ParticipantLeft, ParticipantSid: AgentSid });
        Assert.Empty(scene.State.LiveAgents);
        Assert.IsType<CallDecision.Done>(scene.At(31));
    }
}
