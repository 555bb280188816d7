using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Model;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration;

/// <summary>
/// Scripts by name. <c>EXPLORE_SCENARIO=name EXPLORE_SCRIPT='step => trouble; step => &gt; step'</c> replays any other
/// and prints every step of it.
/// </summary>
public sealed class ScriptTests(ITestOutputHelper output)
{
    /// <summary>What exploration once found in Core, and is kept from coming back.</summary>
    [Theory]
    [InlineData("trunk", "deliver EV_4 participant_joined#1 => lost; deliver EV_5 track_published#1 => early the caller hangs up")]
    [InlineData("trunk", "deliver EV_2 participant_joined#1 => lost; deliver EV_4 participant_joined#1 => lost")]
    [InlineData("trunk", "agent AD_2 joins#1 => late; A.EV_5 participant_joined Append#1 => crash")]
    public void A_story_that_once_broke_a_promise_keeps_it(string scenario, string script)
    {
        var world = Replay(scenario, script, Bug.None, null);

        Assert.Empty(world.Witness.Broken);
    }

    /// <summary>A story breaks its promise because of the bug, and not without it.</summary>
    [Theory]
    [InlineData("CreateDispatch is retried blindly", "A.EV_2 participant_joined CreateDispatch#1 => lost")]
    [InlineData("a takeover does not reconcile", "A.EV_2 participant_joined CreateDispatch#1 => stuck")]
    [InlineData("an outage is an empty room", "A.flow ListParticipants#1 => away")]
    [InlineData("a deletion always counts as done", "A.flow DeleteRoom#1 => away")]
    [InlineData("claims are not checked", "B.EV_2 participant_joined Commit#1 => stall")]
    [InlineData("surplus agents stay", "")]
    public void A_seeded_bugs_story_can_be_told_again(string name, string script)
    {
        var bug = SeededBugs.All.Single(seeded => seeded.Name == name);

        Assert.NotEmpty(Replay(bug.Scenario, script, bug, null).Witness.Broken);
        Assert.Empty(Replay(bug.Scenario, script, Bug.None, null).Witness.Broken);
    }

    /// <summary>
    /// What no lease can keep out, stated as it is: one epoch is dispatched twice, and the second agent is removed again.
    /// </summary>
    [Theory]
    [InlineData("A.EV_2 participant_joined CreateDispatch#1 => stall-then-act")]
    [InlineData("A.EV_2 participant_joined CreateDispatch#1 => straggles")]
    public void Where_an_act_comes_after_its_lease_there_are_two_dispatches_for_a_while(string script)
    {
        var world = Replay("merciless", script, Bug.None, null);

        Assert.True(world.Witness.IsDoubled);
        Assert.Empty(world.Witness.Broken);
    }

    [Fact]
    public void A_run_can_be_repeated_to_the_last_step()
    {
        var (first, second) = (new Steps(), new Steps());

        Replay("agent dies, two hosts", "deliver EV_2 participant_joined#1 => twice", Bug.None, first);
        Replay("agent dies, two hosts", "deliver EV_2 participant_joined#1 => twice", Bug.None, second);

        Assert.True(first.Seen.Count > 100);
        Assert.Equal(first.Seen, second.Seen);
    }

    [Fact]
    public void A_given_script_is_shown_step_by_step()
    {
        var scenario = Environment.GetEnvironmentVariable("EXPLORE_SCENARIO") ?? "trunk";
        var steps = new Steps();

        var world = Replay(scenario, Environment.GetEnvironmentVariable("EXPLORE_SCRIPT") ?? "", Bug.None, steps);

        steps.Seen.ForEach(step => output.WriteLine(step.Line));
        Assert.Empty(world.Witness.Broken);
    }

    private static CallWorld Replay(string scenario, string script, Bug bug, ISurvey? survey)
    {
        var world = new CallWorld(ExploredScenarios.Named(scenario), bug);
        Assert.Equal(0, Pilot.Fly(world, Deviation.Script(script), survey));
        return world;
    }

    private sealed class Steps : ISurvey
    {
        public List<(string Line, ulong Print)> Seen { get; } = [];

        public bool Look(CallWorld world)
        {
            Seen.Add((
                $"{world.Schedule.Now:HH:mm:ss.fff} {string.Join(" | ", world.Schedule.Ready.Select(step => step.Label))}",
                world.Print()));
            return true;
        }
    }
}
