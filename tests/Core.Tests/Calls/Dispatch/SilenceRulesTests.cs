using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Routing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dispatch;

public sealed class SilenceRulesTests
{
    private static readonly CallTimeouts WithReserve = Timeouts with { Silence = Silence with { HasReserve = true } };
    private static readonly CallEffect Again = new CallEffect.DispatchAgent(2);
    private static readonly CallEffect Reserve = new CallEffect.DispatchAgent(2) { Reserve = true };
    private static readonly object[] NoWorker = [Joined(0), Dispatched(0.3)];
    private static readonly object[] Mute = [Joined(0), Dispatched(0.3), Joined(1, Agent())];

    [Fact]
    public void Where_no_agent_came_another_is_sent_once_LiveKit_confirmed_it()
    {
        var scene = new Scene(NoWorker);

        Assert.Equal(new CallEffect.Reconcile(), scene.And(Asked(9.9)).DueAt(10));
        Assert.Equal(Again, scene.And(Asked(10)).DueAt(10));
        Assert.Equal(Again, new Scene(Joined(0), Dispatched(0.3) with { BegunAt = Given.At(0) }, Asked(10)).DueAt(10));
    }

    [Fact]
    public void Where_no_agent_came_and_LiveKit_cannot_be_asked_another_is_sent_after_the_patience()
    {
        var scene = new Scene([.. NoWorker, FailedUntil("reconcile", 39, 43)])
            .With(Timeouts with { Silence = Silence with { Handover = TimeSpan.FromMinutes(2) } });

        Assert.Null(scene.DueAt(39.9));
        Assert.Equal(Again, scene.DueAt(40));
    }

    [Fact]
    public void An_agent_that_was_sent_late_has_its_time_to_arrive()
    {
        var scene = new Scene(Joined(0), Dispatched(9) with { BegunAt = Given.At(0.1) });

        Assert.Null(scene.And(Asked(10)).DueAt(10));
        Assert.Equal(Again, scene.And(Asked(13)).DueAt(13));
    }

    [Fact]
    public void An_agent_whose_job_got_its_lease_just_now_has_its_time_to_enter()
    {
        var scene = new Scene([.. NoWorker, Done("lease:1", 9.5, "AJ_1")]);

        Assert.Null(scene.And(Asked(13)).DueAt(13));
        Assert.Equal(Again, scene.And(Asked(13.5)).DueAt(13.5));
    }

    [Fact]
    public void LiveKit_is_asked_whether_an_earlier_job_came_in_as_soon_as_the_next_one_can_be_told()
    {
        var scene = new Scene([.. NoWorker, Done("lease:1", 9, "AJ_1"), Asked(13), Dispatched(13.5, 2)]);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(15)), scene.At(13.6));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(15));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(19)), scene.And(Asked(15)).At(15));
        Assert.Equal(new CallDecision.WaitUntil(Given.At(17)), new Scene([.. NoWorker, Done("lease:1", 9, "AJ_1"), Asked(13)])
            .And(Left(1, Agent("PA_1", "agent-AJ_1")), Dispatched(13.5, 2))
            .At(13.6));
    }

    [Fact]
    public void A_second_agent_that_does_not_come_either_is_not_followed_by_a_third()
    {
        var scene = new Scene([.. NoWorker, Dispatched(10.5, 2)]);

        Assert.All(Enumerable.Range(11, 14), second => Assert.IsNotType<CallEffect.DispatchAgent>(scene.And(Asked(second)).DueAt(second)));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), scene.And(Asked(25)).DueAt(25));
    }

    [Fact]
    public void An_agent_that_is_there_and_says_nothing_is_left_at_its_work_where_there_is_no_reserve()
    {
        var scene = new Scene(Mute);

        Assert.All(Enumerable.Range(1, 24), second => Assert.IsNotType<CallEffect.DispatchAgent>(scene.And(Asked(second)).DueAt(second)));
    }

    [Fact]
    public void The_reserve_is_sent_in_the_place_of_an_agent_that_says_nothing()
    {
        var scene = new Scene(Mute).With(WithReserve);

        Assert.Null(scene.And(Asked(15.9)).DueAt(15.9));
        Assert.Equal(Reserve, scene.And(Asked(16)).DueAt(16));
        Assert.IsNotType<CallEffect.DispatchAgent>(scene.And(Audio(15), Asked(16)).DueAt(16));
    }

    [Fact]
    public void The_reserve_is_sent_once()
    {
        var scene = new Scene([.. Mute, Dispatched(16.5, 2) with { BegunAt = Given.At(16) }, Left(16.4, Agent())]).With(WithReserve);

        Assert.All(Enumerable.Range(17, 8), second => Assert.IsNotType<CallEffect.DispatchAgent>(scene.And(Asked(second)).DueAt(second)));
    }

    [Fact]
    public void A_dispatch_that_was_begun_before_the_reserves_time_and_done_after_it_is_none_to_the_reserve()
    {
        var scene = new Scene(Joined(0), Dispatched(17) with { BegunAt = Given.At(15) }, Joined(17.5, Agent())).With(WithReserve);

        Assert.Null(scene.And(Asked(20.9)).DueAt(20.9));
        Assert.Equal(Reserve, scene.And(Asked(21)).DueAt(21));
    }

    [Fact]
    public void With_no_worker_at_all_each_step_comes_in_its_turn()
    {
        var scene = new Scene(NoWorker).With(WithReserve);

        Assert.Equal(Again, scene.And(Asked(10)).DueAt(10));
        Assert.Equal(new CallEffect.DispatchAgent(3) { Reserve = true }, scene.And(Dispatched(10.5, 2), Asked(16)).DueAt(16));
        Assert.Equal(new CallEffect.EndCall(EndCause.NoAgent), scene.And(Dispatched(10.5, 2), Dispatched(16.5, 3), Asked(25)).DueAt(25));
    }

    [Fact]
    public void A_dispatch_that_fails_until_the_reserves_time_is_made_to_the_reserve()
    {
        var scene = new Scene(Joined(0), FailedUntil("dispatch:1", 15, 17)).With(WithReserve);

        Assert.Equal(new CallEffect.DispatchAgent(1), new Scene(Joined(0), FailedUntil("dispatch:1", 12, 13)).With(WithReserve).DueAt(13));
        Assert.Equal(new CallEffect.DispatchAgent(1) { Reserve = true }, scene.DueAt(17));

        var atOnce = new Scene(Joined(0), FailedUntil("dispatch:1", 15, 16)).With(WithReserve);
        Assert.Equal(new CallEffect.DispatchAgent(1) { Reserve = true }, atOnce.DueAt(16));
    }

    [Fact]
    public void An_agent_lost_in_mid_call_begins_a_silence_of_its_own()
    {
        var lost = new Scene(Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(1.5), Left(100, Agent())).With(WithReserve);
        var second = lost.And(Dispatched(103.5, 2));

        Assert.Equal(Again, lost.And(Asked(103)).DueAt(103));
        Assert.Equal(new CallEffect.DispatchAgent(3), second.And(Asked(110)).DueAt(110));
        Assert.Equal(new CallEffect.DispatchAgent(4) { Reserve = true }, second.And(Dispatched(110.5, 3), Asked(116)).DueAt(116));
        Assert.Equal(
            new CallEffect.EndCall(EndCause.NoAgent),
            second.And(Dispatched(110.5, 3), Dispatched(116.5, 4), Asked(125)).DueAt(125));
    }

    [Fact]
    public void A_dispatch_whose_outcome_was_written_in_a_later_silence_was_not_begun_for_that_one()
    {
        var late = Dispatched(101) with { BegunAt = Given.At(0.1) };
        var scene = new Scene(Joined(0), late, Joined(1, Agent()), Audio(1.5), Left(100, Agent()), Dispatched(103.5, 2));

        Assert.Equal(new CallEffect.DispatchAgent(3), scene.And(Asked(110)).DueAt(110));
    }

    [Fact]
    public void Nobody_is_sent_to_a_caller_who_has_gone()
    {
        var scene = new Scene([.. NoWorker, Left(5), Asked(10)]).With(WithReserve);

        Assert.IsNotType<CallEffect.DispatchAgent>(scene.DueAt(16));
    }
}
