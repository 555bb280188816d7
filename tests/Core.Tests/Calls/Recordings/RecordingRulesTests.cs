using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Recordings;
using static VoiceFunctions.Core.Calls.Given;
using static VoiceFunctions.Core.Calls.Recordings.Recorded;

namespace VoiceFunctions.Core.Calls.Recordings;

public sealed class RecordingRulesTests
{
    private static readonly RecordingFile Second = RoomFile with { Segment = 2 };

    private static Scene OfRoom(params object[] more) => Of(WholeRoom, more);

    private static Scene Of(RouteRecording recording, params object[] more) => new Scene([.. Talking, .. more]).With(With(recording));

    [Fact]
    public void A_call_is_recorded_from_the_answer_on()
    {
        Assert.IsNotType<CallEffect.StartRecording>(new Scene(Joined(0), Dispatched(0.3)).With(With(WholeRoom)).DueAt(1));
        Assert.Equal(StartRoom, OfRoom().DueAt(1));
        Assert.Null(OfRoom(Begun(1.1), Taken(1.1)).DueAt(2));
        Assert.Null(new Scene(Talking).DueAt(1));
    }

    [Fact]
    public void Each_track_of_caller_agent_and_human_is_recorded_once()
    {
        var human = Human();
        var all = Of(
            Tracks,
            Track(0.2, Caller(), "TR_c"),
            Joined(2, Helper()),
            Track(2, Helper(), "TR_h"),
            Joined(3, human),
            Track(3, human, "TR_p"));

        Assert.Equal(new CallEffect.StartRecording(1) { Track = "TR_c", Of = "caller" }, all.DueAt(3));
        var caller = all.And(Begun(3, "1:TR_c", "EG_c"));
        Assert.Equal(new CallEffect.StartRecording(1) { Track = "TR_a", Of = "agent" }, caller.DueAt(3));
        var both = caller.And(Begun(3, "1:TR_a", "EG_a"));
        Assert.IsNotType<CallEffect.StartRecording>(both.DueAt(4));
        Assert.Equal(new CallEffect.StartRecording(1) { Track = "TR_p", Of = "human" }, both.And(Answered(5, human)).DueAt(5));
    }

    [Fact]
    public void A_track_that_LiveKit_did_not_name_and_one_too_many_are_not_recorded()
    {
        var many = Enumerable.Range(0, 40).SelectMany(i => new object[]
        {
            Joined(2, Other(LegRole.Guest, $"PA_{i}")), Track(2, Other(LegRole.Guest, $"PA_{i}"), $"TR_{i}"),
        });
        var begun = Enumerable.Range(0, RecordingPlan.MaxRecordings).Select(i => (object)GivenUp($"record:1:TR_{i}", 3));

        Assert.IsNotType<CallEffect.StartRecording>(
            new Scene([.. Talking.SkipLast(1), Track(1, Agent(), "a track")]).With(With(Tracks)).DueAt(1));
        Assert.IsType<CallEffect.StartRecording>(Of(Tracks, [.. many]).DueAt(3));
        Assert.IsNotType<CallEffect.StartRecording>(Of(Tracks, [.. many, .. begun]).DueAt(3));
    }

    [Fact]
    public void Where_the_caller_has_to_agree_nothing_is_recorded_before_and_nothing_after_they_change_their_mind()
    {
        var asked = WholeRoom with { NeedsConsent = true };

        Assert.Null(Of(asked).DueAt(2));
        Assert.Null(Of(asked, Wanted(2, "start")).DueAt(2));
        Assert.Null(Of(asked, Consent(2, granted: false)).DueAt(2));
        Assert.Equal(StartRoom, Of(asked, Consent(2, granted: false), Consent(5, granted: true)).DueAt(5));
        Assert.Equal(
            new CallEffect.StopRecordings(["EG_1"]),
            Of(asked, Consent(2, granted: true), Begun(2), Taken(2), Consent(9, granted: false)).DueAt(9));
    }

    [Fact]
    public void A_route_can_leave_it_to_a_request()
    {
        var onRequest = WholeRoom with { StartsByItself = false };

        Assert.Null(Of(onRequest).DueAt(2));
        Assert.Equal(StartRoom, Of(onRequest, Wanted(2, "start")).DueAt(2));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("stop")]
    public void A_pause_ends_the_segment_and_going_on_begins_the_next(string want)
    {
        var paused = OfRoom(Begun(1), Taken(1), Records(2), Wanted(9, want));

        Assert.Equal(new CallEffect.StopRecordings(["EG_1"]), paused.DueAt(9));
        var still = paused.And(Stopped(9), Over(10));
        Assert.Null(still.DueAt(12));
        var goesOn = still.And(Wanted(15, "start"));
        Assert.Equal(new CallEffect.StartRecording(2) { Of = RecordingFile.Everybody }, goesOn.DueAt(15));
        Assert.Null(goesOn.And(Begun(15, "2", "EG_2"), Taken(15, "EG_2", Second)).DueAt(16));
    }

    [Fact]
    public void A_pause_that_is_taken_back_before_anybody_acted_changes_nothing() =>
        Assert.Null(OfRoom(Begun(1), Taken(1), Wanted(2, "pause"), Wanted(2.5, "start")).DueAt(3));

    [Fact]
    public void One_that_failed_is_started_again_only_on_request()
    {
        var failed = OfRoom(Begun(1), Taken(1), Over(9, "EGRESS_FAILED"));

        Assert.Null(failed.DueAt(10));
        Assert.Equal(2, Assert.IsType<CallEffect.StartRecording>(failed.And(Wanted(12, "start")).DueAt(12)).Segment);
        Assert.Equal(2, Assert.IsType<CallEffect.StartRecording>(
            OfRoom(GivenUp("record:1", 5), Wanted(12, "start")).DueAt(12)).Segment);
    }

    [Fact]
    public void A_second_recording_of_the_same_and_one_that_came_too_late_are_stopped()
    {
        Assert.Equal(new CallEffect.StopRecordings(["EG_2"]), OfRoom(Begun(1), Taken(1), Taken(2, "EG_2")).DueAt(2));
        Assert.Equal(new CallEffect.StopRecordings(["EG_1"]), OfRoom(GivenUp("record:1", 5), Taken(6)).DueAt(6));
        Assert.IsNotType<CallEffect.StopRecordings>(OfRoom(Held("record:1", 1, 16), Taken(1)).DueAt(2));
    }

    [Fact]
    public void At_the_end_everything_is_stopped_before_the_room_is_deleted()
    {
        var over = OfRoom(Begun(1), Taken(1), Records(1.5), Left(20), Ended(20));

        Assert.Equal(new CallEffect.StopRecordings(["EG_1"]), over.DueAt(20));
        Assert.Equal(new CallEffect.StopRecordings(["EG_1"]), over.DueAt(30));
        Assert.Equal(new CallEffect.DeleteRoom(1), over.And(Stopped(20)).DueAt(30));
        Assert.Equal(new CallEffect.DeleteRoom(1), over.And(Over(20.5)).DueAt(30));
    }

    [Fact]
    public void A_stop_that_fails_keeps_the_room_no_longer_than_its_patience()
    {
        var atOnce = With(WholeRoom) with { RoomGrace = TimeSpan.Zero };
        var over = OfRoom(Begun(1), Taken(1), Left(20), Ended(20)).With(atOnce);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(22)), over.And(FailedUntil("stop-recording:EG_1", 20, 22)).At(21));
        Assert.Equal(new CallEffect.DeleteRoom(1), over.And(FailedUntil("stop-recording:EG_1", 23.9, 30)).DueAt(24));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(35)), over.And(Held("stop-recording:EG_1", 20, 35)).At(24));
        Assert.Equal(new CallEffect.StopRecordings(["EG_1"]), over.And(Held("stop-recording:EG_1", 20, 35)).DueAt(35));
        var again = Held("stop-recording:EG_1", 35, 50) with { Attempt = 3 };
        Assert.Equal(new CallEffect.DeleteRoom(1), over.And(again).DueAt(36));
        Assert.Equal(new CallEffect.DeleteRoom(1), over.And(GivenUp("stop-recording:EG_1", 21)).DueAt(21));
    }

    [Fact]
    public void A_stop_that_a_dead_host_left_open_is_settled_when_its_recording_is_over_and_the_room_does_not_wait_for_it()
    {
        var atOnce = With(WholeRoom) with { RoomGrace = TimeSpan.Zero };
        var over = OfRoom(Begun(1), Taken(1), Left(20), Ended(20), Held("stop-recording:EG_1", 20, 35), Over(21)).With(atOnce);

        Assert.Equal(new CallEffect.DeleteRoom(1), over.DueAt(21));
        Assert.IsNotType<CallEffect.StopRecordings>(over.And(Deleted(21)).DueAt(34.9));
        Assert.Equal(new CallEffect.StopRecordings(["EG_1"]), over.And(Deleted(21)).DueAt(35));
    }

    /// <summary>Chaos found it: a human waited for 16 s on a dead line.</summary>
    [Fact]
    public void A_human_whom_we_called_does_not_wait_for_a_stop_that_a_dead_host_left_open()
    {
        var atOnce = With(WholeRoom) with { RoomGrace = TimeSpan.Zero };
        var alone = OfRoom(
            Begun(1), Taken(1), Joined(10, Human()), Answered(12), Left(20), Ended(20), Held("stop-recording:EG_1", 20, 35)).With(atOnce);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(24)), alone.At(23));
        Assert.Equal(new CallEffect.DeleteRoom(1), alone.DueAt(24));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(35)), alone.And(Left(21, Human())).At(24));
    }

    [Fact]
    public void A_start_of_which_nobody_knows_is_looked_up_when_it_is_no_longer_wanted()
    {
        var paused = OfRoom(FailedUntil("record:1", 1, 3), Wanted(2, "pause"));
        var over = OfRoom(FailedUntil("record:1", 18, 19), Left(20), Ended(20));

        Assert.Equal(new CallEffect.StartRecording(1), paused.DueAt(3));
        Assert.Equal(new CallEffect.StartRecording(1), over.DueAt(20));
        Assert.Equal(new CallEffect.DeleteRoom(1), over.And(GivenUp("record:1", 20)).DueAt(30));
    }

    [Fact]
    public void LiveKit_is_asked_where_a_word_of_a_recording_is_overdue()
    {
        var taken = OfRoom(Begun(1), Taken(1));
        Assert.Equal(new CallEffect.LookUpRecordings(), taken.DueAt(16));
        Assert.IsNotType<CallEffect.LookUpRecordings>(taken.And(LookedUp(16)).DueAt(59));
        Assert.IsNotType<CallEffect.LookUpRecordings>(OfRoom(Begun(1), Taken(1), Records(2)).DueAt(59));

        var over = OfRoom(Begun(1), Taken(1), Records(2), Left(20), Ended(20), Stopped(21), Deleted(30));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(41)), over.At(31));
        Assert.Equal(new CallEffect.LookUpRecordings(), over.DueAt(41));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(101)), over.And(LookedUp(41)).At(42));
        Assert.Equal(new CallDecision.Done(), over.And(Over(22)).At(31));
    }

    [Fact]
    public void A_caller_of_whom_no_track_was_reported_is_asked_about()
    {
        var answered = Of(Tracks, Begun(2, "1:TR_a", "EG_a"), Taken(2, "EG_a", RoomFile with { Track = "TR_a", Of = "agent" }));

        Assert.Equal(new CallEffect.Reconcile(), answered.DueAt(4));
        Assert.Null(answered.And(Track(3, Caller(), "TR_c"), Begun(3, "1:TR_c", "EG_c")).DueAt(4));
    }
}
