using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.Routing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Ending;

public sealed class FarewellTests
{
    private static readonly object[] Spoken = [Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(2)];
    private static readonly object[] SaidGoodbye = [.. Spoken, Left(40, Agent(), LiveKitDisconnectReason.ClientInitiated)];
    private static readonly CallTimeouts Replaces = Timeouts with { EndsWithAgent = false };
    private static readonly Leg Operator = Other(LegRole.DialledOut, "PA_operator") with { SipCallStatus = LiveKitSipCallStatus.Ringing };

    [Fact]
    public void An_agent_that_leaves_on_its_own_after_it_was_heard_has_finished_and_is_not_replaced()
    {
        var scene = new Scene(SaidGoodbye);

        Assert.All(Enumerable.Range(40, 30), second => Assert.IsNotType<CallEffect.DispatchAgent>(scene.DueAt(second)));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(45));
        Assert.Equal(new CallEffect.EndCall(EndCause.AgentFinished), scene.And(Asked(45)).DueAt(45));
    }

    [Fact]
    public void Where_the_route_says_so_it_is_replaced() =>
        Assert.Equal(new CallEffect.DispatchAgent(2), new Scene([.. SaidGoodbye, Asked(43)]).With(Replaces).DueAt(43));

    [Theory]
    [InlineData(LiveKitDisconnectReason.ConnectionTimeout)]
    [InlineData(LiveKitDisconnectReason.Unknown)]
    [InlineData(LiveKitDisconnectReason.ParticipantRemoved)]
    public void An_agent_that_was_lost_is_replaced(string reason) =>
        Assert.Equal(new CallEffect.DispatchAgent(2), new Scene([.. Spoken, Left(40, Agent(), reason), Asked(43)]).DueAt(43));

    [Fact]
    public void An_agent_that_left_before_it_was_heard_is_replaced() => Assert.Equal(
        new CallEffect.DispatchAgent(2),
        new Scene(
            Joined(0),
            Dispatched(0.3),
            Joined(1, Agent()),
            Left(9, Agent(), LiveKitDisconnectReason.ClientInitiated),
            Asked(12)).DueAt(12));

    [Fact]
    public void An_agent_that_was_asked_to_go_for_the_next_one_had_not_finished()
    {
        var second = Dispatched(41, 2) with { BegunAt = Given.At(39.9) };

        Assert.IsNotType<CallEffect.EndCall>(new Scene([.. SaidGoodbye, second, Asked(45)]).DueAt(45));
    }

    [Fact]
    public void While_a_human_is_heard_nothing_follows_and_when_they_have_hung_up_the_call_ends()
    {
        object[] brought = [.. Spoken, Joined(30, Operator), Answered(33, Operator), Left(40, Agent(), Hangup)];
        var talking = new Scene(brought);

        Assert.All(Enumerable.Range(41, 50), second => Assert.IsNotType<CallEffect.DispatchAgent>(talking.DueAt(second)));
        var over = talking.And(Left(100, Operator), Asked(105));
        Assert.Equal(new CallEffect.EndCall(EndCause.HumanHangup), over.DueAt(105));
    }

    [Fact]
    public void A_human_who_takes_their_audio_back_and_stays_may_speak_again_and_no_agent_is_sent_meanwhile()
    {
        var guest = Other(LegRole.Guest);
        object[] history =
        [
            .. Spoken, Joined(20, guest), Track(21, guest, isOn: true), Left(30, Agent(), Hangup), Track(40, guest, isOn: false), Asked(60),
        ];
        var silent = new Scene(history);

        Assert.All(Enumerable.Range(40, 24), second => Assert.True(silent.DueAt(second) is null or CallEffect.Reconcile));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), silent.And(Asked(65)).DueAt(65));
        Assert.Equal(new CallEffect.EndCall(EndCause.HumanHangup), silent.And(Left(45, guest), Asked(46)).DueAt(46));
    }

    [Fact]
    public void While_a_phone_rings_the_transfer_may_complete()
    {
        var rings = new Scene([.. Spoken, Joined(38, Operator), Left(40, Agent(), Hangup), Asked(60)]);

        Assert.All(Enumerable.Range(60, 18), second => Assert.IsNotType<CallEffect.EndCall>(rings.DueAt(second)));
        Assert.Equal(new CallEffect.EndCall(EndCause.AgentFinished), rings.And(Asked(78)).DueAt(78));
    }

    [Fact]
    public void A_job_that_says_that_it_has_finished_ends_the_call_although_it_stays()
    {
        var done = new Scene([.. Spoken, Event(40, new CallFact.AgentDone("AJ_1", 1))]);

        Assert.Null(done.DueAt(44));
        Assert.Equal(new CallEffect.EndCall(EndCause.AgentFinished), done.DueAt(45));
        Assert.Equal(new CallEffect.EndCall(EndCause.AgentFinished), done.With(Replaces).DueAt(45));
    }

    [Fact]
    public void The_word_of_an_earlier_epochs_job_ends_nothing()
    {
        object[] second = [Dispatched(20, 2), Joined(21, Agent("PA_2")), Audio(22, Agent("PA_2")), Left(23, Agent())];

        Assert.Null(new Scene([.. Spoken, .. second, Event(40, new CallFact.AgentDone("AJ_1", 1))]).DueAt(45));
    }

    private static CallEvent Track(double at, Leg leg, bool isOn) => InRoom(
        at,
        isOn ? new CallFact.AudioPublished(leg.Sid, leg.Identity) { TrackSid = "TR_1" }
            : new CallFact.AudioUnpublished(leg.Sid, leg.Identity, "TR_1"));

    [Fact]
    public void A_human_who_is_heard_keeps_the_call_although_the_agent_said_that_it_has_finished() => Assert.IsNotType<CallEffect.EndCall>(
        new Scene([.. Spoken, Joined(30, Operator), Answered(33, Operator), Event(40, new CallFact.AgentDone("AJ_1", 1))]).DueAt(60));
}
