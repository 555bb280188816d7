using VoiceFunctions.Core.Calls;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Agents.Lease;

public sealed class AgentLeaseTests
{
    private const string Job = "AJ_1";

    [Fact]
    public void The_first_job_of_the_newest_epoch_is_the_one() => Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Dispatched(1)));

    [Fact]
    public void The_holder_may_ask_again_and_nobody_else_gets_it()
    {
        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Dispatched(1), Lease(1, Job)));
        Assert.Equal(LeaseAnswer.Taken, Ask(1, "AJ_2", Joined(0), Dispatched(1), Lease(1, Job)));
    }

    [Fact]
    public void A_job_that_asks_while_its_dispatch_is_being_made_is_not_too_early() =>
        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Held("dispatch:1", 0, 15)));

    [Fact]
    public void A_lease_whose_holder_has_gone_is_free_for_the_job_that_LiveKit_started_instead()
    {
        var agent = Agent(identity: "agent-AJ_1");

        Assert.Equal(LeaseAnswer.Taken, Ask(1, "AJ_2", Joined(0), Dispatched(1), Lease(1, Job), Joined(2, agent)));
        Assert.Equal(LeaseAnswer.Granted, Ask(1, "AJ_2", Joined(0), Dispatched(1), Lease(1, Job), Joined(2, agent), Left(9, agent)));
        Assert.Equal(LeaseAnswer.Taken, Ask(
            1,
            "AJ_2",
            Joined(0),
            Dispatched(1),
            Lease(1, Job),
            Joined(2, agent),
            Left(9, agent),
            Joined(9, Agent("PA_again", "agent-AJ_1") with { JoinedAtMs = 9 })));
    }

    [Fact]
    public void An_agent_that_was_put_out_does_not_become_the_one()
    {
        var agent = Agent(identity: "agent-AJ_1");

        Assert.Equal(
            LeaseAnswer.Superseded,
            Ask(1, Job, Joined(0), Dispatched(1), Joined(2, agent), Left(9, agent, "PARTICIPANT_REMOVED")));
        Assert.Equal(LeaseAnswer.Superseded, Ask(1, Job, Joined(0), Dispatched(1), Lease(1, Job), Joined(2, agent), Left(9, agent)));
    }

    [Fact]
    public void While_somebody_chooses_which_agent_stays_nothing_is_granted()
    {
        Assert.Equal(LeaseAnswer.Undecided, Ask(1, Job, Joined(0), Dispatched(1), Held("remove-surplus:1", 19, 34)));
        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Dispatched(1), Held("remove-surplus:1", 1, 16)));
        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Dispatched(1), Held("remove-surplus:1", 5, 20)));
        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Dispatched(1), Done("remove-surplus:1", 19, "0")));
        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Dispatched(1), Lease(1, Job), Held("remove-surplus:1", 19, 34)));
    }

    [Fact]
    public void A_later_agent_a_human_or_the_end_takes_the_lease_away()
    {
        Assert.Equal(LeaseAnswer.Superseded, Ask(1, Job, Joined(0), Dispatched(1), Lease(1, Job), Held("call-human", 10, 25)));
        Assert.Equal(LeaseAnswer.Superseded, Ask(1, Job, Joined(0), Dispatched(1), Held("dispatch:2", 10, 25)));
        Assert.Equal(LeaseAnswer.Superseded, Ask(1, Job, Joined(0), Dispatched(1), Lease(1, Job), Dispatched(10, 2)));
        Assert.Equal(LeaseAnswer.Granted, Ask(2, Job, Joined(0), Dispatched(1), Lease(1, "AJ_0"), Dispatched(10, 2), Asked(9)));
        Assert.Equal(LeaseAnswer.Superseded, Ask(1, Job, Joined(0), Dispatched(1), Lease(1, Job), Ended(10)));
    }

    [Fact]
    public void A_call_that_goes_to_a_human_has_no_agent_any_more_unless_the_human_was_given_up()
    {
        Assert.Equal(
            LeaseAnswer.Superseded,
            Ask(1, Job, Joined(0), Dispatched(1), Lease(1, Job), Held(CallEffect.CallHuman.ClaimKey, 15, 30)));
        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Dispatched(1), Lease(1, Job), GivenUp(CallEffect.CallHuman.ClaimKey, 15)));
    }

    [Fact]
    public void A_later_dispatch_that_only_found_the_agent_there_takes_nothing_from_it()
    {
        object[] found = [Joined(0), Dispatched(1), Done("dispatch:2", 10, "adopted:PA_agent")];

        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, found));
        Assert.Equal("agent-AJ_1", AgentLease.HolderOf(new Scene([.. found, Lease(1, Job)]).State));
        Assert.Equal(LeaseAnswer.Granted, Ask(1, Job, Joined(0), Done("dispatch:1", 1, "adopted:PA_agent")));
        Assert.Equal(LeaseAnswer.Superseded, Ask(1, Job, [.. found, Dispatched(20, 3)]));
    }

    [Fact]
    public void While_the_holder_of_an_earlier_epoch_may_still_speak_the_next_one_waits()
    {
        var earlier = Agent("PA_0", "agent-AJ_0");
        object[] late = [Joined(0), Dispatched(1), Done(AgentLease.ClaimKeyOf(1), 9, "AJ_0"), Dispatched(13, 2)];

        Assert.Equal(LeaseAnswer.Undecided, Ask(2, Job, [.. late, Joined(14, earlier), Asked(19)]));
        Assert.Equal(LeaseAnswer.Granted, Ask(2, Job, [.. late, Joined(14, earlier), Left(15, earlier)]));
    }

    [Fact]
    public void The_next_one_waits_until_LiveKit_was_asked_whether_the_earlier_one_came_in_while_its_lease_held()
    {
        object[] late = [Joined(0), Dispatched(1), Done(AgentLease.ClaimKeyOf(1), 9, "AJ_0"), Dispatched(13, 2)];

        Assert.Equal(Given.At(9 + 4 + 2), AgentLease.KnownAt(new Scene(late).State));
        Assert.Equal(LeaseAnswer.Undecided, Ask(2, Job, late));
        Assert.Equal(LeaseAnswer.Undecided, Ask(2, Job, [.. late, Asked(14.9)]));
        Assert.Equal(LeaseAnswer.Granted, Ask(2, Job, [.. late, Asked(15)]));
        object[] later = [.. late, Done(AgentLease.ClaimKeyOf(2), 14, "AJ_2"), Dispatched(18, 3)];
        Assert.Equal(Given.At(14 + 4 + 2), AgentLease.KnownAt(new Scene(later).State));
        Assert.Null(AgentLease.KnownAt(new Scene(late[..3]).State));
    }

    [Fact]
    public void An_agent_that_the_call_never_sent_is_told_so()
    {
        var state = new Scene(Joined(0), Dispatched(1)).State;

        Assert.Equal(LeaseAnswer.WrongFence, Ask(2, Job, Joined(0), Dispatched(1)));
        Assert.Equal(LeaseAnswer.WrongFence, Ask(1, Job, Joined(0)));
        Assert.Equal(
            LeaseAnswer.WrongFence,
            AgentLease.Decide(state, new LeaseRequest(Call, DispatchMetadata.FenceOf(Call, 2), 1, Job), At(20)));
        Assert.Equal(
            LeaseAnswer.WrongFence,
            AgentLease.Decide(state, new LeaseRequest(Call, DispatchMetadata.FenceOf(CallId.ForTwilio("CA2"), 1), 1, Job), At(20)));
    }

    [Fact]
    public void What_is_no_call_has_no_agent() =>
        Assert.Equal(LeaseAnswer.UnknownCall, Ask(1, Job, Started(0), Joined(0, Agent()), Dispatched(1)));

    [Fact]
    public void The_holder_that_counts_is_that_of_the_newest_epoch()
    {
        Assert.Equal("agent-AJ_1", AgentLease.HolderOf(new Scene(Joined(0), Dispatched(1), Lease(1, Job)).State));
        Assert.Null(AgentLease.HolderOf(new Scene(Joined(0), Dispatched(1), Lease(1, Job), Dispatched(9, 2)).State));
        Assert.Null(AgentLease.HolderOf(new Scene(Joined(0)).State));
    }

    private static EffectClaim Lease(int epoch, string job) => Done(AgentLease.ClaimKeyOf(epoch), 2, job);

    private static LeaseAnswer Ask(int epoch, string job, params object[] history) =>
        AgentLease.Decide(new Scene([.. history]).State, new LeaseRequest(Call, DispatchMetadata.FenceOf(Call, epoch), epoch, job), At(20));
}
