using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Succession;

public sealed class HandOnRulesTests
{
    private static readonly Leg Next = Caller("PA_next", "sip_+15550100002");
    private readonly Scene handedOn = new(Joined(0), Left(5), Ended(5), Joined(8, Next), Done(CallEffect.HandOn.ClaimKey, 8, "next"));

    [Fact]
    public void The_room_is_handed_on_as_soon_as_the_next_caller_is_there() =>
        Assert.IsType<CallEffect.HandOn>(new Scene(Joined(0), Left(5), Ended(5), Joined(8, Next)).DueAt(8));

    [Fact]
    public void What_may_have_been_missed_is_handed_on_once_more_and_then_no_more()
    {
        Assert.Null(handedOn.DueAt(8));
        Assert.Null(handedOn.DueAt(12.9));
        Assert.IsType<CallEffect.HandOn>(handedOn.DueAt(13));
        Assert.Null(handedOn.And(Done(CallEffect.HandOn.ClaimKey, 13, "next")).DueAt(60));
    }

    [Fact]
    public void An_event_that_lies_in_the_future_by_another_hosts_clock_is_handed_on_once_a_second()
    {
        var ahead = handedOn.And(Audio(12, Next));

        Assert.Null(ahead.DueAt(8.9));
        Assert.IsType<CallEffect.HandOn>(ahead.DueAt(9));
    }

    [Fact]
    public void A_caller_who_came_while_the_end_was_written_is_the_next_one()
    {
        var state = new Scene(Joined(0), Left(4), Joined(4.9, Next), Ended(5)).State;

        Assert.Equal([Next.Sid], state.LaterCallers.Select(leg => leg.Sid));
    }

    [Fact]
    public void A_caller_whose_leaving_lies_after_the_end_by_another_hosts_clock_is_no_next_one() =>
        Assert.Empty(new Scene(Joined(0), Left(9), Ended(5)).State.LaterCallers);

    [Fact]
    public async Task All_that_happened_to_the_next_caller_is_handed_on_and_nothing_that_the_earlier_calls_legs_still_do()
    {
        var bench = new CallsBench();
        await bench.AppendAsync(
            Joined(0), Joined(1, Agent()), Left(5), Audio(7, Next), Joined(8, Next), Left(8.5, Agent()), Left(9, Next));
        await bench.CommitAsync(Ended(5));
        var handed = new List<ReceivedEvent>();
        var successors = new CallSuccessors(bench.Journal, (received, _) =>
        {
            handed.Add(received);
            return ValueTask.FromResult(AppendOutcome.Appended);
        });

        await successors.HandOnAsync(
            CallsBench.Context(await bench.StateAsync()), new CallEffect.HandOn(), TestContext.Current.CancellationToken);

        Assert.All(handed, received => Assert.Equal(CallId.ForSuccessor(Call, Next.Sid), received.CallId));
        Assert.IsType<CallFact.CallFollows>(handed[0].Event.Fact);
        Assert.Equal([Next.Sid, Next.Sid, Next.Sid], handed.Skip(1).Select(received => received.Event.Fact.AboutLeg));
    }
}
