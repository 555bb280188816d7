using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Reconciling;

public sealed class WatchRulesTests
{
    [Fact]
    public void A_room_that_may_become_a_call_is_asked_about_soon_and_then_now_and_again()
    {
        Assert.Equal(new CallDecision.WaitUntil(Given.At(4)), new Scene(Started(0)).At(0));
        Assert.Equal(new CallDecision.Do(new CallEffect.Reconcile()), new Scene(Started(0)).At(4));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(64.1)), new Scene(Started(0), Asked(4.1)).At(4.1));
    }

    [Fact]
    public void Who_was_heard_and_not_told_of_is_asked_for_also_where_the_room_is_over()
    {
        Assert.Equal(new CallDecision.Do(new CallEffect.Reconcile()), new Scene(Started(0), Audio(1, Caller()), Asked(1)).At(3));
        Assert.Equal(new CallDecision.Do(new CallEffect.Reconcile()), new Scene(Started(0), Audio(1, Caller()), Finished(2)).At(3));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(32)), new Scene(Started(0), Audio(1, Caller()), Finished(2), Asked(3)).At(3));
    }

    [Fact]
    public void Who_was_heard_is_not_asked_for_without_end_where_LiveKit_never_answers()
    {
        var scene = new Scene(Started(0), Audio(1, Caller()), Finished(2), FailedUntil("reconcile", 86_398, 86_402));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(86_402)), scene.At(86_399));
        Assert.Equal(new CallDecision.Done(), scene.At(86_400));
    }

    [Fact]
    public void A_call_of_which_only_the_callers_audio_was_told_ends_like_any_other()
    {
        var scene = new Scene(Started(0), Audio(0.2, Caller()), Left(2.2, Caller(), LiveKitDisconnectReason.Unknown), Asked(7.2));

        Assert.Equal(new CallEffect.EndCall(EndCause.CallerLost), scene.DueAt(7.2));
    }

    [Fact]
    public void A_room_that_finished_without_a_call_is_forgotten_a_little_later()
    {
        Assert.Equal(new CallDecision.WaitUntil(Given.At(32)), new Scene(Started(0), Finished(2)).At(2));
        Assert.Equal(new CallDecision.Done(), new Scene(Started(0), Finished(2)).At(32));
        Assert.Equal(new CallDecision.Done(), new Scene(Finished(2)).At(32));
    }

    [Fact]
    public void A_room_of_which_another_session_goes_on_is_watched_on()
    {
        var scene = new Scene(Started(0), Finished(2), Started(3, Room with { Sid = "RM_2" }));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(7)), scene.At(3));
    }

    [Fact]
    public void A_room_that_was_abandoned_goes_whatever_other_sessions_of_it_were_seen()
    {
        var abandoned = new Scene(Started(0), Joined(1, Agent()), InRoom(200, new CallFact.RoomAbandoned()));

        Assert.Equal(new CallEffect.DeleteRoom(1), abandoned.DueAt(200));
        Assert.Equal(new CallEffect.DeleteRoom(1), abandoned.And(Started(201, Room with { Sid = "RM_2" })).DueAt(201));
    }

    [Fact]
    public void A_room_is_watched_for_a_day_at_most()
    {
        var scene = new Scene(Started(0), Asked(86_399));

        Assert.IsType<CallDecision.WaitUntil>(scene.At(86_399));
        Assert.Equal(new CallDecision.Done(), scene.At(86_400));
    }

    [Fact]
    public void A_room_that_is_no_call_has_no_lifecycle_events_and_is_never_ended_or_deleted()
    {
        var scene = new Scene(Started(0), Joined(1, Agent()), Audio(1), Left(5, Agent()), DialEnded(6, "busy"));

        Assert.Empty(scene.Lifecycle);
        Assert.All([5, 6, 10, 36, 100, 86_500], second => Assert.True(scene.DueAt(second) is null or CallEffect.Reconcile));
    }
}
