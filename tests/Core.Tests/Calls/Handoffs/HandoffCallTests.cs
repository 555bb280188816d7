using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Handoffs;

/// <summary>Handoffs through all their steps, before a LiveKit in memory.</summary>
public sealed class HandoffCallTests
{
    private const string First = "+15550100181";
    private const string Second = "+15550100182";

    private readonly CallsBench bench = new();

    public HandoffCallTests()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
    }

    [Fact]
    public async Task The_human_comes_in_beside_the_agent_and_the_agent_goes_with_its_dispatch_when_they_answer()
    {
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, humans: [First, Second]));
        await PassAsync(4);
        Assert.Equal([LegRole.Caller, LegRole.Agent, LegRole.Human], Inside.Select(leg => leg.Role));

        Answer(0);
        await PassAsync(8);

        Assert.Equal([LegRole.Caller, LegRole.Human], Inside.Select(leg => leg.Role));
        Assert.DoesNotContain(bench.LiveKit.Rooms.Single().Dispatches, listed => listed.AgentName.Length > 0);
        Assert.Equal(First, Assert.Single(bench.LiveKit.Dialled).Request.CallTo);
        Assert.False(bench.LiveKit.Dialled[0].Request.PlayDialtone);
        Assert.Equal(["HANDOFF_REQUESTED", "HUMAN_JOINED", "BOT_MUTED"], Told("HANDOFF_REQUESTED", "HUMAN_JOINED", "BOT_MUTED"));
        Assert.Empty(Told("SURPLUS_AGENT_REMOVED", "HANDOFF_FAILED"));
    }

    [Fact]
    public async Task An_agent_that_stays_is_muted_and_keeps_its_lease()
    {
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, mutes: true, humans: First));
        await PassAsync(4);
        Answer(0);

        await PassAsync(8);

        Assert.Equal([LegRole.Caller, LegRole.Agent, LegRole.Human], Inside.Select(leg => leg.Role));
        Assert.Contains("MuteTrack", bench.LiveKit.Asked);
        Assert.DoesNotContain("RemoveParticipant", bench.LiveKit.Asked);
        Assert.Equal(["BOT_MUTED"], Told("BOT_MUTED"));
    }

    [Fact]
    public async Task Nobody_takes_it_and_no_phone_rings_on_when_it_is_given_up()
    {
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, humans: [First, Second]));
        await PassAsync(100);

        Assert.Equal([First, Second], bench.LiveKit.Dialled.Select(dialled => dialled.Request.CallTo));
        Assert.Equal([LegRole.Caller, LegRole.Agent], Inside.Select(leg => leg.Role));
        Assert.Equal(["HANDOFF_REQUESTED", "HANDOFF_FAILED"], Told("HANDOFF_REQUESTED", "HANDOFF_FAILED", "HUMAN_JOINED"));
        Assert.Null((await bench.StateAsync()).End);
    }

    [Fact]
    public async Task A_human_who_answers_just_when_it_is_given_up_is_taken_after_all()
    {
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, humans: First));
        await PassAsync(3);
        await bench.CommitAsync(Done(CallEffect.Reconcile.ClaimKey, 60, "asked") with { BegunAt = Given.At(60) });
        bench.Clock.Advance(TimeSpan.FromSeconds(50));
        Answer(0);
        Assert.Equal(new CallEffect.GiveUpHandoff(1, HandoffFailure.NoAnswer), DueOf(await bench.DecideAsync()));

        await PassAsync(57);

        Assert.Equal([LegRole.Caller, LegRole.Human], Inside.Select(leg => leg.Role));
        Assert.Equal(["HUMAN_JOINED"], Told("HUMAN_JOINED", "HANDOFF_FAILED"));
    }

    [Fact]
    public async Task A_human_whose_dialling_got_no_answer_is_found_and_not_dialled_again()
    {
        bench.LiveKit.Script("CreateSipParticipant", Trouble.LostAnswer);
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, humans: First));

        await PassAsync(10);

        Assert.Single(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task A_ringing_of_a_host_that_died_is_settled_once_its_human_has_taken_over()
    {
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, humans: First));
        await PassAsync(4);
        Answer(0);
        await bench.CommitAsync(Held("handoff:1:1", 4, 19));

        await PassAsync(20);

        Assert.Single(bench.LiveKit.Dialled);
        Assert.Equal([LegRole.Caller, LegRole.Human], Inside.Select(leg => leg.Role));
        Assert.Equal(ClaimStatus.Done, (await bench.StateAsync()).Claims["handoff:1:1"].Status);
    }

    [Fact]
    public async Task The_caller_hanging_up_lets_go_of_the_human_who_rings_within_a_second()
    {
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, humans: First));
        await PassAsync(4);

        bench.LiveKit.Leave(Room.Name, CallerSid, Hangup);
        await bench.AppendAsync(Left(4));
        await PassAsync(5);

        Assert.Empty(bench.LiveKit.Rooms);
        Assert.Equal(EndCause.CallerHangup, (await bench.StateAsync()).End!.Result);
        await PassAsync(6);
        Assert.Equal("call_over", bench.Sink.Told.Single(told => told.Name == "HANDOFF_FAILED").Cause);
    }

    [Fact]
    public async Task Two_hosts_ring_one_phone()
    {
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, humans: [First, Second]));
        var (one, other) = (await bench.LookAsync(), await bench.LookAsync(bench.Host()));

        await bench.Steps.ExecuteAsync(one, TestContext.Current.CancellationToken);
        await bench.Host().ExecuteAsync(other, TestContext.Current.CancellationToken);

        Assert.Single(bench.LiveKit.Dialled);
    }

    [Fact]
    public async Task A_caller_who_was_given_away_is_no_longer_anybodys()
    {
        await TalkAsync();
        await bench.AppendAsync(HandoffRequested(2, HandoffMode.Cold, humans: First));

        await PassAsync(3);

        Assert.Equal(EndCause.Transferred, (await bench.StateAsync()).End!.Result);
        Assert.Equal(CallStatus.Ended, (await bench.StateAsync()).Status);
        await PassAsync(20);
        Assert.Empty(bench.LiveKit.Rooms);
    }

    private IEnumerable<Leg> Inside => bench.LiveKit.Rooms.Single().Inside;

    private static CallEffect? DueOf(Policy.CallDecision decision) => (decision as Policy.CallDecision.Do)?.Effect;

    /// <summary>The caller talks with an agent.</summary>
    private async Task TalkAsync()
    {
        bench.LiveKit.Happened = happened => bench.AppendAsync(happened).GetAwaiter().GetResult();
        await bench.AppendAsync(Joined(0));
        await bench.SettleAsync();
        bench.LiveKit.Join(Room.Name, Agent());
        bench.LiveKit.Publish(Room.Name, AgentSid);
        await bench.SettleAsync();
    }

    private void Answer(int index) =>
        bench.LiveKit.Answer(Room.Name, Inside.Single(leg => leg.Identity == HumanIdentity.OfHandoff(Call, 1, index)).Sid);

    private IEnumerable<string> Told(params string[] names) =>
        bench.Sink.Told.Select(told => told.Name).Where(name => names.Contains(name));

    private async Task PassAsync(double until)
    {
        while (bench.Clock.GetUtcNow() < Given.At(until))
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(0.5));
            await bench.SettleAsync();
        }
    }
}
