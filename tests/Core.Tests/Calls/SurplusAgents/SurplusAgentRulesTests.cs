using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Policy;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.SurplusAgents;

/// <summary>
/// An agent that was given up can come late, and the webhook that tells of it be lost or late itself: two would be
/// heard until LiveKit is asked.
/// </summary>
public sealed class SurplusAgentRulesTests
{
    private static readonly Leg Late = Agent("PA_late");
    private static readonly Scene Replaced = new(Joined(0), Dispatched(0.3), Dispatched(10.3, 2), Joined(11, Agent()), Audio(11.2));
    private static readonly Scene Talking = new(Joined(0), Dispatched(0.3), Joined(1, Agent()), Audio(1.5));

    [Fact]
    public void A_leg_that_is_heard_and_of_which_nobody_told_that_it_joined_is_asked_for_a_moment_later()
    {
        var scene = Talking.And(Audio(30, Late));

        Assert.Equal(new CallDecision.WaitUntil(At(32)), scene.At(30));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(32));
        Assert.Equal(new CallDecision.WaitUntil(At(92)), scene.And(Asked(32)).At(33));
    }

    [Fact]
    public void A_leg_whose_joining_is_told_in_time_is_not_asked_for()
    {
        Assert.Equal(new CallDecision.WaitUntil(At(90)), new Scene(Joined(0), Dispatched(0.3), Audio(29), Joined(30, Agent())).At(32));
    }

    [Fact]
    public async Task After_the_end_an_avatar_whose_agent_is_gone_leaves_the_room_to_those_who_talk_there()
    {
        var bench = new CallsBench();
        var (guest, avatar) = (Other(LegRole.Guest), Other(LegRole.Agent, "PA_avatar") with { OnBehalfOf = Agent().Identity });
        bench.LiveKit.Join(Room.Name, guest);
        bench.LiveKit.Publish(Room.Name, guest.Sid);
        bench.LiveKit.Join(Room.Name, avatar);
        var over = Talking.And(Joined(2, avatar), Joined(9, guest), Audio(10, guest), Left(20, Agent()), Left(30), Ended(30));

        var effect = Assert.IsType<CallEffect.RemoveSurplusAgents>(over.DueAt(30));
        await bench.Surplus.RemoveAsync(CallsBench.Context(over.State), effect, TestContext.Current.CancellationToken);

        Assert.Equal([guest.Sid], bench.LiveKit.Rooms.Single().Participants.Select(inside => inside.Sid));
    }

    [Fact]
    public void While_an_agent_that_was_given_up_may_still_come_LiveKit_is_asked_often()
    {
        Assert.Equal(new CallDecision.WaitUntil(At(15.2)), Replaced.At(12));
        Assert.Equal(new CallEffect.Reconcile(), Replaced.DueAt(15.2));
        Assert.Equal(new CallEffect.Reconcile(), Replaced.And(Asked(15.2)).DueAt(19.2));
        Assert.Equal(new CallDecision.WaitUntil(At(90.5)), Replaced.And(Dispatched(10.5, 2), Asked(30.5)).At(30.5));
        Assert.Equal(new CallDecision.WaitUntil(At(90)), Replaced.And(Asked(30)).At(30.5));
    }
}
