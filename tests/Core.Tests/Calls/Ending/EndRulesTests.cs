using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Ending;

public sealed class EndRulesTests
{
    private static readonly object[] Talking = [Joined(0), Dispatched(0.3), Joined(0.6, Agent()), Audio(0.7), Asked(5)];
    private static readonly object[] Announced = [Arrived(0), Started(0.9), Joined(1), Dispatched(1.2), Joined(1.5, Agent())];

    [Theory]
    [InlineData("CLIENT_INITIATED", EndCause.CallerHangup)]
    [InlineData("USER_REJECTED", EndCause.CallerHangup)]
    [InlineData("USER_UNAVAILABLE", EndCause.CallerHangup)]
    [InlineData("PARTICIPANT_REMOVED", EndCause.CallerRemoved)]
    [InlineData("ROOM_DELETED", EndCause.RoomClosed)]
    [InlineData("ROOM_CLOSED", EndCause.RoomClosed)]
    public void The_caller_leaving_ends_the_call_at_once(string reason, string cause) =>
        Assert.Equal(new CallEffect.EndCall(cause), new Scene([.. Talking, Left(9, reason: reason)]).DueAt(9));

    [Fact]
    public void Whoever_has_a_token_may_take_two_minutes_to_come()
    {
        var scene = new Scene(Event(0, new CallFact.CallRequested { Tenant = "golf" }), Done("open-room", 0.1, "opened"), Started(0.1));

        Assert.IsNotType<CallEffect.EndCall>(scene.And(Asked(119)).DueAt(119.9));
        Assert.Equal(new CallEffect.Reconcile(), scene.And(Asked(119)).DueAt(120));
        Assert.Equal(new CallEffect.EndCall(EndCause.NeverJoined), scene.And(Asked(120)).DueAt(120));
    }

    [Fact]
    public void An_agent_leaving_does_not_end_the_call() =>
        Assert.IsNotType<CallEffect.EndCall>(new Scene([.. Talking, Left(9, Agent()), Asked(10)]).DueAt(10));

    [Fact]
    public void Somebody_else_leaving_does_not_end_the_call()
    {
        var scene = new Scene([
            .. Talking,
            Joined(6, Other(LegRole.Guest)),
            Left(9, Other(LegRole.Guest)),
            Left(9, Other(LegRole.DialledOut, "PA_9")),
            Asked(10),
        ]);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(70)), scene.At(10));
    }

    [Fact]
    public void One_of_two_callers_leaving_does_not_end_the_call()
    {
        var scene = new Scene([.. Talking, Joined(6, Caller("PA_2", "sip_2")), Left(9), Asked(10)]);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(70)), scene.At(10));
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), scene.And(Left(12, Caller("PA_2", "sip_2"))).DueAt(12));
    }

    [Theory]
    [InlineData("DUPLICATE_IDENTITY")]
    [InlineData("CONNECTION_TIMEOUT")]
    [InlineData("SERVER_SHUTDOWN")]
    [InlineData("A_REASON_OF_TOMORROW")]
    public void A_leg_that_broke_off_may_come_back(string reason)
    {
        var broken = new Scene([.. Talking, Left(9, reason: reason)]);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(13)), broken.At(9));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(73)), broken.And(Joined(13, Caller("PA_back")), Asked(10)).At(14));
    }

    [Fact]
    public void A_caller_whose_leaving_LiveKits_list_showed_first_has_hung_up_as_soon_as_its_word_says_so()
    {
        var listed = Left(9, reason: LiveKitDisconnectReason.Unknown) with { Inferred = true };
        var gone = new Scene([.. Talking, listed]);

        Assert.IsNotType<CallEffect.EndCall>(gone.DueAt(10));
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), gone.And(Left(10)).DueAt(10));
        Assert.IsNotType<CallEffect.EndCall>(gone.And(Left(10, reason: "CONNECTION_TIMEOUT")).DueAt(10));
    }

    [Fact]
    public void A_leg_that_broke_off_is_lost_once_LiveKit_confirmed_it()
    {
        var broken = new Scene([.. Talking, Left(9, reason: "DUPLICATE_IDENTITY")]);

        Assert.Equal(new CallEffect.Reconcile(), broken.DueAt(14));
        Assert.IsNotType<CallEffect.EndCall>(broken.And(Asked(13.9)).DueAt(14));
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerLost), broken.And(Asked(14.1)).DueAt(14.1));
    }

    [Fact]
    public void A_leg_that_broke_off_is_lost_where_LiveKit_cannot_be_asked_for_the_patience()
    {
        var broken = new Scene([.. Talking, Left(9, reason: "DUPLICATE_IDENTITY"), FailedUntil("reconcile", 41, 45)]);

        Assert.IsNotType<CallEffect.EndCall>(broken.DueAt(43.9));
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerLost), broken.DueAt(44));
    }

    [Fact]
    public void A_caller_whose_leaving_is_the_only_thing_ever_told_was_a_call_that_began_and_ended()
    {
        var scene = new Scene(Left(7));

        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), scene.DueAt(7));
        Assert.Equal(
            ["CALL_STARTED", "PARTICIPANT_JOINED", "PARTICIPANT_LEFT", "CALL_ENDED"],
            scene.And(Ended(7)).Lifecycle.Select(published => published.Name));
    }

    [Fact]
    public void A_room_that_finished_under_the_caller_ends_the_call() =>
        Assert.Equal(new CallEffect.EndCall(EndCause.RoomClosed), new Scene([.. Talking, Finished(9)]).DueAt(9));

    [Fact]
    public void Callers_whose_session_finished_while_another_of_the_room_lives_may_come_into_that_one()
    {
        var scene = new Scene([.. Talking, Joined(6, Caller("PA_2", "sip_2")), Finished(9), Started(9.5, Room with { Sid = "RM_2" })]);

        Assert.IsNotType<CallEffect.EndCall>(scene.And(Asked(10)).DueAt(10));
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerLost), scene.And(Asked(11)).DueAt(11));
    }

    [Theory]
    [InlineData("no-answer", EndCause.DialNoAnswer)]
    [InlineData("busy", EndCause.DialBusy)]
    [InlineData("failed", EndCause.DialFailed)]
    [InlineData("canceled", EndCause.CallerHangup)]
    [InlineData("completed", EndCause.DialCompleted)]
    [InlineData("answered", EndCause.DialCompleted)]
    [InlineData("a-word-of-tomorrow", EndCause.DialFailed)]
    public void Where_nobody_was_heard_the_leaving_waits_for_what_Twilio_says_of_it(string status, string cause)
    {
        var left = new Scene([.. Announced, Left(5)]);

        Assert.IsNotType<CallEffect.EndCall>(left.DueAt(5));
        Assert.IsNotType<CallEffect.EndCall>(left.DueAt(9.9));
        Assert.Equal(new CallEffect.EndCall(cause), left.And(DialEnded(5.4, status)).DueAt(5.4));
        Assert.Equal(new CallEffect.EndCall(cause), left.And(DialEnded(5.4, status)).DueAt(11));
    }

    [Fact]
    public void Where_nobody_was_heard_and_Twilio_says_nothing_the_caller_hung_up() =>
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), new Scene([.. Announced, Left(5)]).DueAt(10));

    [Fact]
    public void Where_an_agent_was_heard_the_leaving_waits_for_nobody() =>
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), new Scene([.. Announced, Audio(2), Left(5)]).DueAt(5));

    [Fact]
    public void Where_one_of_two_agents_was_heard_the_leaving_waits_for_nobody()
    {
        var scene = new Scene([.. Announced, Audio(2), Joined(3, Agent("PA_mute")), Left(5)]);

        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), scene.DueAt(5));
    }

    [Fact]
    public void The_end_of_the_Dial_ends_the_call_also_while_its_leg_seems_to_be_there() =>
        Assert.Equal(new CallEffect.EndCall(EndCause.DialNoAnswer), new Scene([.. Announced, DialEnded(32, "no-answer")]).DueAt(32));

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    public void The_end_of_the_callers_own_leg_ends_the_call(string status) =>
        Assert.Equal(
            new CallEffect.EndCall(EndCause.CallerHangup),
            new Scene([.. Announced, TwilioLegEnded(8, status, isCaller: true)]).DueAt(8));

    [Fact]
    public void The_end_of_Twilios_leg_to_LiveKit_is_a_reason_to_ask_and_nothing_more()
    {
        var scene = new Scene([.. Talking, Arrived(0), TwilioLegEnded(8, "completed", isCaller: false)]);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(13)), scene.At(8));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(13));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(73.5)), scene.And(Asked(13.5)).At(13.5));
    }

    /// <summary>Chaos found it: the caller had left without a word, and the agent's reports put every question off.</summary>
    [Fact]
    public void What_an_agent_reports_of_the_line_does_not_put_the_question_off_who_is_there()
    {
        var measured = Enumerable.Range(1, 3).Select(report => Event(30 * report, new CallFact.QualityMeasured(AgentSid, [])));
        var warned = Event(62, new CallFact.QualityWarned(AgentSid, "jitter", 1, 0.2, 0.01));

        Assert.Equal(new CallEffect.Reconcile(), new Scene([.. Talking, .. measured, warned]).DueAt(91));
    }

    [Fact]
    public void LiveKit_is_asked_less_and_less_often_for_a_caller_of_whom_nothing_is_heard()
    {
        var scene = new Scene(Arrived(0)).With(Timeouts with { DialTimeout = TimeSpan.FromMinutes(2) });

        Assert.Equal(new CallDecision.WaitUntil(Given.At(4)), scene.At(0));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(8)), scene.And(Asked(4)).At(4));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(16)), scene.And(Asked(8)).At(8));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(32)), scene.And(Asked(16)).At(16));
    }

    [Fact]
    public void As_soon_as_the_room_is_there_LiveKit_is_asked_every_few_seconds_for_the_caller()
    {
        var scene = new Scene(Arrived(0), Started(1), Asked(17));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(21)), scene.At(17));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(21));
    }

    [Fact]
    public void A_caller_who_was_announced_and_never_came_ends_the_call_once_LiveKit_confirmed_it()
    {
        var scene = new Scene(Arrived(0));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(4)), scene.At(0));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(4));
        Assert.IsNotType<CallEffect.EndCall>(scene.And(Asked(34.9)).DueAt(35));
        Assert.Equal(new CallEffect.EndCall(EndCause.NeverJoined), scene.And(Asked(35)).DueAt(35));
    }

    [Fact]
    public void A_caller_who_was_announced_and_never_came_ends_the_call_also_without_LiveKit()
    {
        var scene = new Scene(Arrived(0), FailedUntil("reconcile", 64, 68));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(65)), scene.At(64.9));
        Assert.Equal(new CallEffect.EndCall(EndCause.NeverJoined), scene.DueAt(65));
    }

    [Fact]
    public void A_caller_who_hears_nobody_is_released_once_LiveKit_confirmed_it()
    {
        var silent = new Scene(Joined(0), Dispatched(0.3), Joined(0.6, Agent()));

        Assert.IsNotType<CallEffect.EndCall>(silent.And(Asked(24.9)).DueAt(25));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), silent.And(Asked(25)).DueAt(25));
        Assert.IsNotType<CallEffect.EndCall>(silent.And(Asked(25), Audio(24.9)).DueAt(26));
    }

    [Fact]
    public void A_caller_who_hears_nobody_is_released_also_without_LiveKit()
    {
        var silent = new Scene(
            Joined(0),
            FailedUntil("dispatch:1", 50, 56) with { BegunAt = At(0.3) },
            FailedUntil("reconcile", 54, 58));

        Assert.IsNotType<CallEffect.EndCall>(silent.DueAt(54.9));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), silent.DueAt(55));
    }

    [Fact]
    public void The_callers_own_voice_is_no_agent() =>
        Assert.Equal(
            new CallEffect.EndCall(EndCause.NoAgent),
            new Scene(Joined(0), Audio(1, Caller()), Dispatched(0.3), Asked(25)).DueAt(25));

    [Fact]
    public void Silence_is_counted_from_when_the_agent_that_was_heard_left()
    {
        var lost = new Scene([.. Talking, Left(100, Agent()), Dispatched(104, 2)]);

        Assert.IsNotType<CallEffect.EndCall>(lost.And(Asked(124)).DueAt(124));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), lost.And(Asked(125)).DueAt(125));
    }

    [Fact]
    public void Silence_is_counted_from_the_reconnect_of_an_agent_whose_leaving_nobody_told()
    {
        var back = new Scene([.. Talking, Asked(120), Joined(150, Agent("PA_back", Agent().Identity))]);

        Assert.IsNotType<CallEffect.EndCall>(back.DueAt(150));
        Assert.IsNotType<CallEffect.EndCall>(back.And(Asked(174)).DueAt(174.9));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), back.And(Asked(175)).DueAt(175));
    }

    [Fact]
    public void The_longest_duration_ends_the_call_whether_LiveKit_answers_or_not()
    {
        Assert.IsNotType<CallEffect.EndCall>(new Scene([.. Talking, Asked(3599)]).DueAt(3599.9));
        Assert.Equal(new CallEffect.EndCall(EndCause.MaxDuration), new Scene([.. Talking, Asked(3599)]).DueAt(3600));
        Assert.Equal(
            new CallEffect.EndCall(EndCause.MaxDuration),
            new Scene([.. Talking, FailedUntil("reconcile", 3599, 3603)]).DueAt(3600));
    }

    [Fact]
    public void While_all_is_well_LiveKit_is_asked_once_a_minute()
    {
        Assert.Equal(new CallDecision.WaitUntil(Given.At(65)), new Scene(Talking).At(5));
        Assert.Equal(new CallEffect.Reconcile(), new Scene(Talking).DueAt(65));
    }

    [Fact]
    public void While_the_caller_waits_LiveKit_is_asked_every_few_seconds()
    {
        Assert.Equal(new CallEffect.Reconcile(), new Scene(Joined(0), Dispatched(0.3)).DueAt(4));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(8)), new Scene(Joined(0), Dispatched(0.3), Asked(4)).At(4));
    }

    [Fact]
    public void The_leg_that_joined_last_tells_the_cause_although_the_leaving_of_an_earlier_one_is_told_later()
    {
        var (old, back) = (Caller("PA_old") with { JoinedAtMs = 1 }, Caller("PA_back") with { JoinedAtMs = 2 });
        var scene =
            new Scene(Started(0), Joined(1, old), Dispatched(1.2), Joined(5, back), Left(20, back), Left(21, old, "DUPLICATE_IDENTITY"));

        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), scene.DueAt(21));
    }
}
