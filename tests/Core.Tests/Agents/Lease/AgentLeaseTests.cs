using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Agents.Lease;

public sealed class AgentLeaseTests
{
    private const string Job = "AJ_1";
    private static readonly DispatchFence Fence = SomeFence.Keyed;

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
        Assert.Equal("AJ_1", AgentLease.HolderOf(new Scene([.. found, Lease(1, Job)]).State));
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
            AgentLease.Decide(state, new LeaseRequest(Call, Fence.Of(Call, 2), 1, Job), Fence, At(20)));
        Assert.Equal(
            LeaseAnswer.WrongFence,
            AgentLease.Decide(state, new LeaseRequest(Call, Fence.Of(CallId.ForTwilio("CA2"), 1), 1, Job), Fence, At(20)));
    }

    [Fact]
    public void A_job_that_an_earlier_version_sent_keeps_its_fence_and_nobody_else_has_one_without_a_key()
    {
        var updated = new DispatchFence(new LiveKitKeyring(new LiveKitKey("devkey", "secret")), since: Given.At(5));
        var unkeyed = new LeaseRequest(Call, DispatchMetadata.RequestIdOf(Call, 1), 1, Job);

        Assert.Equal(LeaseAnswer.Granted, AgentLease.Decide(new Scene(Joined(0), Dispatched(1)).State, unkeyed, updated, At(20)));
        Assert.Equal(LeaseAnswer.WrongFence, AgentLease.Decide(new Scene(Joined(0), Dispatched(6)).State, unkeyed, updated, At(20)));
    }

    [Theory]
    [InlineData("agent-AJ_1", "agent", null, true)]
    [InlineData("AJ_1", "agent", null, true)]
    [InlineData("agent-AJ_2", "agent", null, false)]
    [InlineData("agent-aj_1", "agent", null, false)]
    [InlineData("", "agent", null, false)]
    [InlineData(null, "agent", null, false)]
    [InlineData("agent-AJ_1", "standard", null, false)]
    [InlineData("agent-AJ_1", "sip", null, false)]
    [InlineData("agent-AJ_1", "standard", "bot-", false)]
    [InlineData("agent-AJ_1", "standard", "agent-", true)]
    [InlineData("agent-AJ_1", "egress", "agent-", false)]
    [InlineData("AJ_1", "standard", "AJ_", true)]
    [InlineData("AJ_1", "standard", "aj_", false)]
    public void A_token_is_a_jobs_own_by_its_identity_and_its_kind_or_the_prefix_of_plain_tokens(
        string? identity, string kind, string? prefix, bool own)
    {
        var grants = new LiveKitGrants { RoomJoin = true, Room = Room.Name };
        var token = new LiveKitTokenClaims("devkey", identity, At(0), grants) { Kind = kind };

        Assert.Equal(own, AgentLease.IsOwn(token, Job, prefix));
        Assert.False(AgentLease.IsOwn(token with { Grants = LiveKitGrants.AdministerRoom(Room.Name) }, Job, prefix));
    }

    [Fact]
    public void An_agent_that_joins_under_an_identity_of_its_own_says_that_and_is_known_by_it()
    {
        var agent = Agent(identity: "bot-7");
        object[] inside = [Joined(0), Dispatched(1), Lease(1, "bot-7"), Joined(2, agent)];

        Assert.True(AgentLease.IsThere(new Scene(inside).State, "bot-7"));
        Assert.Equal(LeaseAnswer.Taken, Ask(1, "AJ_2", inside));
        Assert.Equal(LeaseAnswer.Granted, Ask(1, "AJ_2", [.. inside, Left(9, agent)]));
    }

    [Fact]
    public void What_is_stored_answers_the_holder_for_four_seconds_and_as_long_as_it_is_in_the_room()
    {
        object[] held = [Joined(0), Dispatched(1), Lease(1, Job)];

        Assert.Equal(TimeSpan.FromSeconds(4), Still(2, held));
        Assert.Equal(TimeSpan.FromSeconds(0.5), Still(5.5, held));
        Assert.Equal(TimeSpan.Zero, Still(6, held));
        Assert.Equal(TimeSpan.Zero, Still(1, held));
        Assert.Equal(TimeSpan.Zero, Still(3, Joined(0), Dispatched(1), Lease(1, "AJ_2")));
        Assert.Equal(TimeSpan.Zero, Still(3, Joined(0), Dispatched(1)));
        Assert.Equal(TimeSpan.FromSeconds(4), Still(60, [.. held, Joined(3, Agent(identity: "agent-AJ_1"))]));

        static TimeSpan Still(double at, params object[] history) =>
            AgentLease.StillHeld(new Scene([.. history]).State, new LeaseRequest(Call, "", 1, Job), At(at));
    }

    [Fact]
    public void What_is_no_call_has_no_agent() =>
        Assert.Equal(LeaseAnswer.UnknownCall, Ask(1, Job, Started(0), Joined(0, Agent()), Dispatched(1)));

    [Fact]
    public void The_holder_that_counts_is_that_of_the_newest_epoch()
    {
        Assert.Equal("AJ_1", AgentLease.HolderOf(new Scene(Joined(0), Dispatched(1), Lease(1, Job)).State));
        Assert.Null(AgentLease.HolderOf(new Scene(Joined(0), Dispatched(1), Lease(1, Job), Dispatched(9, 2)).State));
        Assert.Null(AgentLease.HolderOf(new Scene(Joined(0)).State));
    }

    private static EffectClaim Lease(int epoch, string job) => Done(AgentLease.ClaimKeyOf(epoch), 2, job);

    private static LeaseAnswer Ask(int epoch, string job, params object[] history) =>
        AgentLease.Decide(new Scene([.. history]).State, new LeaseRequest(Call, Fence.Of(Call, epoch), epoch, job), Fence, At(20));
}
