using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dispatch;

public sealed class DispatchRulesTests
{
    public static TheoryData<string> NobodyToServe { get; } =
        ["room", "agent", "dialled out", "guest", "recorder", "announced", "aborted", "track", "noted"];

    [Fact]
    public void An_agent_is_sent_as_soon_as_the_caller_is_there() =>
        Assert.Equal(new CallEffect.DispatchAgent(1), new Scene(Joined(0)).DueAt(0));

    [Theory]
    [MemberData(nameof(NobodyToServe))]
    public void No_agent_is_sent_where_no_caller_is(string who)
    {
        var scene = new Scene(Started(0), who switch
        {
            "room" => Started(0),
            "agent" => Joined(0, Agent()),
            "dialled out" => Joined(0, Other(LegRole.DialledOut)),
            "guest" => Joined(0, Other(LegRole.Guest)),
            "recorder" => Joined(0, Other(LegRole.Recorder)),
            "announced" => Arrived(0),
            "aborted" => Aborted(0),
            "track" => Audio(0, Caller()),
            "noted" => InRoom(0, new CallFact.Unhandled("egress_started")),
            _ => throw new ArgumentOutOfRangeException(nameof(who)),
        });

        Assert.All([0, 1, 4, 10, 34, 36, 70, 4000, 90_000], second => Assert.IsNotType<CallEffect.DispatchAgent>(scene.DueAt(second)));
    }

    [Fact]
    public void A_room_of_legs_that_others_dialled_is_no_call_and_tells_nothing()
    {
        var scene = new Scene(
            Started(0),
            Joined(1, Other(LegRole.DialledOut)),
            Joined(1, Agent()),
            Left(20, Other(LegRole.DialledOut)),
            Left(21, Agent()),
            Finished(22));

        Assert.Empty(scene.Lifecycle);
        Assert.Equal(new CallDecision.WaitUntil(Given.At(52)), scene.At(22));
        Assert.Equal(new CallDecision.Done(), scene.At(52));
    }

    [Fact]
    public void A_caller_who_left_before_the_joining_was_told_gets_no_agent()
    {
        var scene = new Scene(Left(1), Joined(2));

        Assert.Equal(new CallEffect.EndCall(EndCause.CallerHangup), scene.DueAt(2));
        Assert.IsNotType<CallEffect.DispatchAgent>(scene.And(Ended(2)).DueAt(2));
    }

    [Fact]
    public void What_came_of_a_dispatch_whose_maker_died_is_looked_up_although_its_agent_speaks()
    {
        var scene = new Scene(Joined(0), Held("dispatch:1", 0, 15), Joined(1, Agent()), Audio(2));

        Assert.Null(scene.DueAt(14.9));
        Assert.Equal(new CallEffect.DispatchAgent(1), scene.DueAt(15));
    }

    [Fact]
    public void A_dispatch_that_another_host_is_at_is_left_to_it_until_its_lease_is_over()
    {
        var scene = new Scene(Joined(0), Held("dispatch:1", 0, 15), Asked(14));

        Assert.Null(scene.DueAt(1));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(15)), scene.At(14.9));
        Assert.Equal(new CallEffect.DispatchAgent(1), scene.DueAt(15));
    }

    [Fact]
    public void A_dispatch_that_failed_waits_for_its_time_and_is_the_same_epoch_again()
    {
        var scene = new Scene(Joined(0), FailedUntil("dispatch:1", 1, 3));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(3)), scene.At(2.9));
        Assert.Equal(new CallEffect.DispatchAgent(1), scene.DueAt(3));
    }

    [Fact]
    public void A_dispatch_that_is_done_is_not_done_again_while_its_agent_may_be_on_the_way()
    {
        var scene = new Scene(Joined(0), Dispatched(0.3));

        Assert.All(Enumerable.Range(0, 10), second => Assert.IsNotType<CallEffect.DispatchAgent>(scene.And(Asked(second)).DueAt(second)));
    }

    [Fact]
    public void An_agent_that_was_there_first_is_adopted_by_the_same_effect()
    {
        var scene = new Scene(Joined(0, Agent()), Audio(0.5), Joined(1));

        Assert.Equal(new CallEffect.DispatchAgent(1), scene.DueAt(1));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(61)), scene.And(Done("dispatch:1", 1, $"adopted:{AgentSid}")).At(2));
    }

    [Fact]
    public void After_an_agent_was_lost_LiveKit_is_asked_and_then_another_one_sent()
    {
        var lost = new Scene(Joined(0), Dispatched(0.3), Joined(0.6, Agent()), Audio(0.7), Left(100, Agent()));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(103)), lost.At(100));
        Assert.Equal(new CallEffect.Reconcile(), lost.DueAt(103));
        Assert.Equal(new CallEffect.DispatchAgent(2), lost.And(Asked(103.2)).DueAt(103.2));
    }

    [Fact]
    public void Where_LiveKit_does_not_answer_the_next_agent_waits_for_the_patience_and_no_longer()
    {
        var lost =
            new Scene(Joined(0), Dispatched(0.3), Joined(0.6, Agent()), Audio(0.7), Left(100, Agent()), FailedUntil("reconcile", 131, 135));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(133)), lost.At(132.9));
        Assert.Equal(new CallEffect.DispatchAgent(2), lost.DueAt(133));
    }

    [Fact]
    public void Of_two_agents_that_were_lost_the_later_loss_counts()
    {
        var again = Agent("PA_again");
        object[] first = [Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(1.5), Left(50, Agent())];
        var lost = new Scene([.. first, Joined(51, again), Audio(52, again), Left(100, again)]);

        Assert.IsNotType<CallEffect.DispatchAgent>(lost.And(Asked(102.9)).DueAt(102.9));
        Assert.Equal(new CallEffect.DispatchAgent(2), lost.And(Asked(103)).DueAt(103));
    }

    [Fact]
    public void An_agent_of_a_later_epoch_that_was_lost_is_replaced()
    {
        var lost = new Scene(Joined(0), Dispatched(0.3), Dispatched(10.5, 2), Joined(10.5, Agent()), Audio(11.2), Left(100, Agent()));

        Assert.Equal(new CallEffect.DispatchAgent(3), lost.And(Asked(103)).DueAt(103));
    }

    [Fact]
    public void No_more_agents_are_sent_than_the_epochs_allow()
    {
        var lost = new Scene(
            Joined(0),
            Dispatched(1),
            Dispatched(11, 2),
            Dispatched(21, DispatchRules.MaxEpochs),
            Joined(22, Agent()),
            Audio(22.1),
            Left(30, Agent()));

        Assert.All(Enumerable.Range(30, 60), second => Assert.IsNotType<CallEffect.DispatchAgent>(lost.And(Asked(second)).DueAt(second)));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), lost.And(Asked(56)).DueAt(56));
    }

    [Fact]
    public void An_agent_that_was_lost_while_another_is_there_is_not_replaced()
    {
        var scene = new Scene(
            Joined(0),
            Dispatched(0.3),
            Joined(1, Agent()),
            Audio(1),
            Joined(2, Agent("PA_agent2")),
            Audio(2, Agent("PA_agent2")),
            Left(10, Agent()),
            Asked(20));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(80)), scene.At(20));
    }

    [Fact]
    public void An_agent_that_reconnected_under_its_name_is_the_same_agent()
    {
        var back = Agent("PA_back", Agent().Identity);
        var scene = new Scene(
            Joined(0),
            Dispatched(0.3),
            Joined(1, Agent()),
            Audio(1),
            Left(50, Agent(), "DUPLICATE_IDENTITY"),
            Joined(50.1, back),
            Audio(50.3, back),
            Asked(55));

        Assert.Equal(new CallDecision.WaitUntil(Given.At(115)), scene.At(56));
    }

    [Fact]
    public void A_second_agent_is_surplus_and_looked_into_at_once_and_then_not_too_often()
    {
        var two = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(1), Joined(2, Agent("PA_agent2")), Asked(2));

        Assert.Equal(new CallEffect.RemoveSurplusAgents(1), two.DueAt(2));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(7)), two.And(Done("remove-surplus:1", 3, "0")).At(3));
        Assert.Equal(new CallEffect.RemoveSurplusAgents(2), two.And(Done("remove-surplus:1", 3, "0")).DueAt(7));
        Assert.Null(two.And(Held("remove-surplus:1", 2, 17)).DueAt(3));
    }

    [Fact]
    public void An_agent_of_an_earlier_connection_of_the_same_name_is_no_surplus()
    {
        var scene = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Joined(2, Agent("PA_back", Agent().Identity)), Asked(2));

        Assert.IsNotType<CallEffect.RemoveSurplusAgents>(scene.DueAt(2));
    }

    [Fact]
    public void An_agent_that_was_lost_before_its_dispatch_was_written_is_replaced()
    {
        var begun = Dispatched(9) with { BegunAt = Given.At(1) };
        var scene = new Scene(Started(0), Joined(1), Joined(2, Agent()), Audio(2.5), Left(4, Agent()), begun, Asked(12.5));

        Assert.Equal(new CallEffect.DispatchAgent(2), scene.DueAt(12.5));
    }

    [Fact]
    public void An_agent_that_a_later_epoch_put_out_is_not_the_loss_of_that_epochs_own()
    {
        var second = Dispatched(21, 2) with { BegunAt = Given.At(20) };
        var scene = new Scene(Started(0), Joined(1), Dispatched(1.2), Joined(2, Agent()), Audio(2.5), second, Left(22, Agent()), Asked(30));

        Assert.Null(scene.DueAt(30));
    }

    [Fact]
    public void An_answer_that_was_asked_for_before_a_loss_confirms_nothing_after_it()
    {
        var early = Asked(24) with { BegunAt = Given.At(21) };
        var scene = new Scene(Started(0), Joined(1), Dispatched(1.2), Joined(2, Agent()), Audio(2.5), Left(20, Agent()), early);

        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(24));
    }
}
