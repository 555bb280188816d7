using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Handoffs;

public sealed class HandoffRulesTests
{
    private const string First = "+15550100181";
    private const string Second = "+15550100182";
    private const string RingsFirst = "handoff:1:1";
    private const string RingsSecond = "handoff:1:2";

    /// <summary>An agent talks with a caller of a trunk, and asks for a human at 10.</summary>
    private static readonly object[] Talking = [Joined(0), Dispatched(0.3), Joined(0.6, Agent()), Audio(0.8)];
    private static readonly object[] Asking = [.. Talking, HandoffRequested(10, humans: [First, Second])];
    private static readonly object[] Ringing = [.. Asking, Done(RingsFirst, 10.5, "rings:SCL_1"), Joined(10.6, HandoffHuman())];
    private static readonly object[] Taken = [.. Ringing, Answered(15, HandoffHuman())];

    [Fact]
    public void The_first_human_is_rung_at_once_while_the_agent_keeps_its_place()
    {
        var scene = new Scene(Asking);

        Assert.Equal(new CallEffect.RingHuman(1, 0), scene.DueAt(10));
        Assert.Equal((HandoffStatus.Queued, 1), (scene.Record.Handoff!.Status, scene.State.AgentsWanted));
        Assert.Equal(TimeSpan.FromSeconds(40), scene.State.Handoff!.EstimatedWait);
    }

    [Fact]
    public void While_the_phone_rings_LiveKit_is_asked_every_two_seconds_and_nothing_else_is_done()
    {
        var scene = new Scene([.. Ringing, Asked(12)]);

        Assert.Null(scene.DueAt(13.9));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(14));
        Assert.Equal((HandoffStatus.Ringing, TimeSpan.FromSeconds(20)), (scene.Record.Handoff!.Status, scene.State.Handoff!.EstimatedWait));
    }

    [Theory]
    [InlineData("USER_REJECTED")]
    [InlineData("USER_UNAVAILABLE")]
    [InlineData(Hangup)]
    public void Who_does_not_take_it_makes_room_for_the_next(string reason) =>
        Assert.Equal(new CallEffect.RingHuman(1, 1), new Scene([.. Ringing, Left(14, HandoffHuman(), reason)]).DueAt(14));

    [Fact]
    public void A_human_of_whom_nothing_more_is_heard_makes_room_for_the_next_once_LiveKit_confirmed_it()
    {
        var scene = new Scene([.. Asking, Done(RingsFirst, 10.5, "rings:SCL_1")]);

        Assert.IsNotType<CallEffect.RingHuman>(scene.And(Asked(40.4)).DueAt(40.4));
        Assert.Equal(new CallEffect.RingHuman(1, 1), scene.And(Asked(40.5)).DueAt(40.5));
    }

    [Fact]
    public void Where_nobody_takes_it_the_handoff_is_given_up_and_the_agent_goes_on()
    {
        var nobody = new Scene(
            [.. Ringing, Left(14, HandoffHuman(), "USER_REJECTED"), Done(RingsSecond, 15, "rings:SCL_2"), Joined(15.1, HandoffHuman(1))])
            .And(Left(30, HandoffHuman(1), "USER_UNAVAILABLE"));

        Assert.Equal(new CallEffect.GiveUpHandoff(1, HandoffFailure.NoAnswer), nobody.DueAt(30));
        var over = nobody.And(Done("handoff-failed:1", 30, HandoffFailure.NoAnswer), Asked(30));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(90)), over.At(30));
        Assert.Equal((HandoffStatus.Failed, "no_answer"), (over.Record.Handoff!.Status, over.Record.Handoff.Failure));
        Assert.Equal(["HANDOFF_FAILED", "HANDOFF_REQUESTED"], NamesOf(over));
        Assert.Equal("no_answer", over.Lifecycle.Single(told => told.Name == "HANDOFF_FAILED").Cause);
    }

    [Fact]
    public void Where_nobody_could_be_dialled_the_last_reason_is_told() => Assert.Equal(
        new CallEffect.GiveUpHandoff(1, "why"), new Scene([.. Asking, GivenUp(RingsFirst, 11), GivenUp(RingsSecond, 12)]).DueAt(12));

    [Fact]
    public void When_the_human_is_there_the_agents_are_put_out_first_of_all_and_are_heard_no_longer()
    {
        var scene = new Scene(Taken);

        Assert.Equal(new CallEffect.SilenceAgents(1), scene.DueAt(15));
        Assert.Equal(["HANDOFF_REQUESTED"], NamesOf(scene));
        var begun = scene.And(Held("silence-agents:1", 15, 30));
        Assert.Null(begun.DueAt(16));
        Assert.Equal((Given.At(15), true), (begun.State.Heard.Single(span => span.Leg.Role == LegRole.Agent).To, begun.State.IsHandedOver));
        Assert.Equal((HandoffStatus.Connected, 1), (begun.Record.Handoff!.Status, begun.State.AgentsWanted));
        Assert.Equal(["HANDOFF_REQUESTED", "HUMAN_JOINED"], NamesOf(begun));

        var silenced = scene.And(Done("silence-agents:1", 15.5, "removed"), Left(15.5, Agent(), "PARTICIPANT_REMOVED"));
        Assert.Null(silenced.DueAt(16));
        Assert.Equal(["BOT_MUTED", "HANDOFF_REQUESTED", "HUMAN_JOINED"], NamesOf(silenced));
    }

    [Fact]
    public void An_agent_that_comes_after_the_human_is_surplus() => Assert.Equal(
        new CallEffect.RemoveSurplusAgents(1),
        new Scene(
            [.. Taken, Done("silence-agents:1", 15.5, "removed"), Left(15.5, Agent(), "PARTICIPANT_REMOVED"), Joined(17, Agent("PA_late"))])
            .DueAt(17));

    [Fact]
    public void Where_the_agent_stays_without_a_voice_it_is_muted_again_when_it_publishes_audio_anew()
    {
        var muted = new Scene(
        [
            .. Talking, HandoffRequested(10, mutes: true, humans: First), Done(RingsFirst, 10.5, "rings:SCL_1"),
            Joined(10.6, HandoffHuman()), Answered(15, HandoffHuman()), Done("silence-agents:1", 15.5, "muted"), Asked(15.5),
        ]);

        Assert.Null(muted.DueAt(16));
        Assert.Equal((1, false), (muted.State.AgentsWanted, muted.State.IsHandedOver));
        var again = muted.And(InRoom(20, new CallFact.AudioPublished(AgentSid, $"agent-{AgentSid}") { TrackSid = "TR_2" }));
        Assert.Equal(new CallEffect.SilenceAgents(2), again.DueAt(20));
        Assert.Equal(1, again.And(Done("silence-agents:2", 21, "muted")).Lifecycle.Count(told => told.Name == "BOT_MUTED"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_human_hanging_up_ends_the_call_whatever_the_agent_does(bool mutes)
    {
        var scene = new Scene(
        [
            .. Talking, HandoffRequested(10, mutes: mutes, humans: First), Done(RingsFirst, 10.5, "rings:SCL_1"),
            Joined(10.6, HandoffHuman()), Answered(15, HandoffHuman()), Done("silence-agents:1", 15.5, "done"),
        ]);

        Assert.Equal(new CallEffect.EndCall(EndCause.HumanHangup), scene.And(Left(60, HandoffHuman())).DueAt(60));
    }

    [Fact]
    public void A_silent_caller_is_not_handed_over_a_second_time_while_a_human_is_on_the_way()
    {
        var scene = new Scene([.. Ringing, Left(11, Agent(), "CLIENT_INITIATED"), Asked(38)]).With(HumanTimeouts);

        Assert.True(scene.DueAt(38) is null or CallEffect.Reconcile);
        var failed = scene.And(Left(38, HandoffHuman()), GivenUp(RingsSecond, 38), Done("handoff-failed:1", 38, "no_answer"), Asked(39));
        Assert.Equal(new CallEffect.EndCall(EndCause.AgentFinished), failed.DueAt(39));
    }

    [Fact]
    public void An_agent_that_dies_while_the_phone_rings_is_replaced() =>
        Assert.Equal(new CallEffect.DispatchAgent(2), new Scene([.. Ringing, Left(12, Agent()), Asked(15)]).DueAt(15));

    [Fact]
    public void A_human_who_answers_once_the_giving_up_has_begun_takes_nobodys_place()
    {
        var late = new Scene([.. Taken, Held("handoff-failed:1", 14.9, 29.9)]);

        Assert.Null(late.DueAt(15));
        Assert.Equal(1, late.State.AgentsWanted);
        Assert.Equal(["HANDOFF_REQUESTED"], NamesOf(late));
        Assert.IsType<CallEffect.GiveUpHandoff>(late.DueAt(29.9));
        var found = late.And(FailedUntil("handoff-failed:1", 15, 15));
        Assert.Equal(new CallEffect.SilenceAgents(1), found.DueAt(15));
        var gone = late.And(Done("handoff-failed:1", 15, "no_answer"), Left(15.1, HandoffHuman(), "PARTICIPANT_REMOVED"), Asked(16));
        Assert.Null(gone.DueAt(16));
    }

    [Fact]
    public void A_human_who_hangs_up_before_the_agent_fell_silent_leaves_the_caller_with_the_agent()
    {
        var atOnce = new Scene([.. Ringing, Left(14, HandoffHuman(status: "hangup"), Hangup), Asked(14)]);
        var known = new Scene([.. Taken, Left(15.2, HandoffHuman()), Asked(15.2)]);

        Assert.All([atOnce, known], scene => Assert.Equal(new CallEffect.RingHuman(1, 1), scene.DueAt(15.5)));
        var begun = known.And(Held("silence-agents:1", 15.1, 30.1));
        Assert.Null(begun.And(Asked(20)).DueAt(20));
        Assert.Equal(
            new CallEffect.EndCall(EndCause.HumanHangup),
            begun.And(Done("silence-agents:1", 21, "removed"), Left(21, Agent(), "PARTICIPANT_REMOVED")).DueAt(21));
    }

    [Fact]
    public void After_the_end_a_handoff_that_nobody_took_is_given_up()
    {
        var ended = new Scene([.. Ringing, Left(12), Ended(12), Deleted(12.2), Finished(12.2)]);

        Assert.Equal(new CallEffect.GiveUpHandoff(1, HandoffFailure.CallOver), ended.DueAt(12.3));
        Assert.Equal(new CallDecision.Done(), ended.And(Done("handoff-failed:1", 12.4, "call_over")).At(12.5));
    }

    [Fact]
    public void The_room_goes_at_once_where_a_human_rings_and_the_caller_has_gone() =>
        Assert.Equal(new CallEffect.DeleteRoom(1), new Scene([.. Ringing, Left(12), Ended(12)]).DueAt(12));

    [Fact]
    public void A_caller_is_given_away_to_one_after_the_other_until_somebody_takes_them()
    {
        var asking = new Scene([.. Talking, HandoffRequested(10, HandoffMode.Cold, humans: [First, Second])]);

        Assert.Equal(new CallEffect.TransferCaller(1, 0), asking.DueAt(10));
        var refused = asking.And(GivenUp("transfer:1:1", 11));
        Assert.Equal(new CallEffect.TransferCaller(1, 1), refused.DueAt(11));
        Assert.Equal(new CallEffect.GiveUpHandoff(1, "why"), refused.And(GivenUp("transfer:1:2", 12)).DueAt(12));
        var accepted = refused.And(Done("transfer:1:2", 12, "referred"));
        Assert.Equal(new CallEffect.EndCall(EndCause.Transferred), accepted.DueAt(12));
        Assert.Equal(HandoffStatus.Transferred, accepted.Record.Handoff!.Status);
        Assert.Equal(new CallEffect.EndCall(EndCause.Transferred), accepted.And(Left(13)).DueAt(13));
    }

    [Fact]
    public void A_caller_who_leaves_while_nobody_knows_what_came_of_the_transfer_was_transferred()
    {
        var asking = new Scene([.. Talking, HandoffRequested(10, HandoffMode.Cold, humans: First)]);
        var left = asking.And(Left(12));

        Assert.Null(left.And(Held("transfer:1:1", 11, 26)).DueAt(12));
        Assert.Equal(new CallEffect.EndCall(EndCause.Transferred), left.And(Held("transfer:1:1", 11, 26)).DueAt(26));
        Assert.Equal(
            new CallEffect.EndCall(EndCause.Transferred),
            left.And(FailedUntil("transfer:1:1", 11.5, 13) with { Result = "under_way" }).DueAt(12));
        Assert.Equal(
            new CallEffect.EndCall(EndCause.CallerHangup),
            left.And(FailedUntil("transfer:1:1", 11.5, 13) with { Result = "unavailable" }).DueAt(12));
        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), left.DueAt(12));
    }

    [Fact]
    public void A_human_in_a_browser_is_there_once_their_audio_is()
    {
        var waiting = new Scene([.. Talking, HandoffRequested(10)]);
        var human = new Leg("PA_browser", HumanIdentity.Of(Call), LegRole.Human) { IsByToken = true };
        var joined = waiting.And(Joined(14, human));

        Assert.Null(waiting.And(Asked(29)).DueAt(29));
        Assert.Equal(new CallEffect.GiveUpHandoff(1, HandoffFailure.NoAnswer), waiting.And(Asked(30)).DueAt(30));
        Assert.Null(joined.And(Asked(14)).DueAt(14));
        var heard = joined.And(Audio(15, human));
        Assert.Equal(new CallEffect.SilenceAgents(1), heard.DueAt(15));
        var alone = heard.And(Done("silence-agents:1", 15.2, "removed"), Left(15.2, Agent(), "PARTICIPANT_REMOVED"), Left(50, human));
        Assert.Null(alone.And(Asked(54.9)).DueAt(54.9));
        Assert.Equal(new CallEffect.EndCall(EndCause.HumanHangup), alone.And(Asked(55)).DueAt(55));
    }

    private static IEnumerable<string> NamesOf(Scene scene) => scene.Lifecycle.Select(told => told.Name)
        .Where(name => name is "HANDOFF_REQUESTED" or "HUMAN_JOINED" or "BOT_MUTED" or "HANDOFF_FAILED")
        .Order(StringComparer.Ordinal);
}
