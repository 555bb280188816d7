using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Policy;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dispatch;

public sealed class HeartbeatTests
{
    private static readonly object[] Spoken = [Joined(0), Dispatched(0.3), Joined(1, Agent(identity: "agent-AJ_1")), Audio(2)];
    private static readonly EffectClaim Renewed = Done("lease:1", 20, "AJ_1") with { Until = Given.At(24) };

    [Fact]
    public void A_lease_that_is_not_renewed_makes_the_gateway_ask_and_then_send_another_agent()
    {
        var scene = new Scene([.. Spoken, Renewed]);

        Assert.Equal(new CallDecision.WaitUntil(Given.At(24)), scene.At(21));
        Assert.Equal(new CallEffect.Reconcile(), scene.DueAt(24));
        Assert.Null(scene.And(Asked(24.1)).DueAt(26));
        Assert.Equal(new CallEffect.DispatchAgent(2), scene.And(Asked(24.1)).DueAt(26.1));
    }

    [Fact]
    public void A_renewal_that_comes_after_LiveKits_answer_saves_the_agent() =>
        Assert.Null(new Scene([.. Spoken, Renewed, Asked(24.1), Renewed with { At = Given.At(25), Until = Given.At(29) }]).DueAt(26.1));

    [Fact]
    public void A_lease_of_a_job_that_did_not_promise_to_renew_it_never_runs_out() =>
        Assert.Null(new Scene([.. Spoken, Renewed with { Until = null }, Asked(24.1)]).DueAt(50));

    [Fact]
    public void While_a_human_is_heard_nobody_is_sent_in_its_place()
    {
        var guest = Other(LegRole.Guest);

        Assert.IsNotType<CallEffect.DispatchAgent>(
            new Scene([.. Spoken, Renewed, Joined(10, guest), Audio(11, guest), Asked(24.1)]).DueAt(26.1));
    }

    [Fact]
    public async Task The_next_agent_takes_the_place_of_the_one_that_still_seems_to_be_there()
    {
        var bench = new CallsBench();
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Agent(identity: "agent-AJ_1"));

        var outcome = await bench.Agents.DispatchAsync(
            CallsBench.Context(new Scene([.. Spoken, Renewed]).State, at: 26.1),
            new CallEffect.DispatchAgent(2),
            TestContext.Current.CancellationToken);

        Assert.StartsWith("created:", Assert.IsType<EffectOutcome.Done>(outcome).Result, StringComparison.Ordinal);
        Assert.Empty(bench.LiveKit.Rooms.Single().Agents);
    }

    [Fact]
    public void Where_LiveKit_cannot_be_asked_nobody_is_sent() =>
        Assert.IsNotType<CallEffect.DispatchAgent>(new Scene([.. Spoken, Renewed, Asked(23)]).DueAt(70));
}
