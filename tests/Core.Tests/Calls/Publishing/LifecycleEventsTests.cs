using VoiceFunctions.Core.Lifecycle;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Publishing;

public sealed class LifecycleEventsTests
{
    private static readonly object[] TwoAgents = [Joined(0), Dispatched(0.3), Joined(2, Agent("PA_a")), Joined(1, Agent("PA_z"))];

    [Fact]
    public void Who_came_first_is_told_first_and_who_left_first_as_well()
    {
        var scene = new Scene([.. TwoAgents, Left(9, Agent("PA_a")), Left(8, Agent("PA_z"))]);

        Assert.Equal([CallerSid, "PA_z", "PA_a"], Participants(scene, LifecycleEventName.ParticipantJoined));
        Assert.Equal(["PA_z", "PA_a"], Participants(scene, LifecycleEventName.ParticipantLeft));
    }

    [Fact]
    public void Each_dispatch_is_told_under_its_epoch()
    {
        var told = new Scene(Joined(0), Dispatched(0.3), Dispatched(10.5, 2), Held("dispatch:3", 20, 35)).Lifecycle
            .Where(published => published.Name == LifecycleEventName.AgentDispatched);

        Assert.Equal(
            [("AGENT_DISPATCHED:1", 1), ("AGENT_DISPATCHED:2", 2)],
            told.Select(published => (LifecycleEvents.KeyOf(published), published.Epoch!.Value)));
    }

    [Fact]
    public void Surplus_agents_that_were_removed_are_told_once_for_each_round_that_removed_one()
    {
        object[] rounds =
        [
            Done("remove-surplus:1", 3, "1"), Done("remove-surplus:2", 9, "0"), Done("remove-surplus:3", 15, "2"),
            Held("remove-surplus:4", 20, 35),
        ];
        var told = new Scene([.. TwoAgents, .. rounds]).Lifecycle
            .Where(published => published.Name == LifecycleEventName.SurplusAgentRemoved);

        Assert.Equal(
            [("SURPLUS_AGENT_REMOVED:1", Given.At(3)), ("SURPLUS_AGENT_REMOVED:3", Given.At(15))],
            told.Select(published => (LifecycleEvents.KeyOf(published), published.At)));
    }

    private static IEnumerable<string?> Participants(Scene scene, string name) =>
        scene.Lifecycle.Where(published => published.Name == name).Select(published => published.ParticipantSid);
}
