using VoiceFunctions.Core.Calls;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Proofs;

/// <summary>What breaks each promise, and what does not.</summary>
public sealed class PromiseTests
{
    [Theory]
    [InlineData("dispatch:2", "settled dispatch:2 without holding its claim")]
    [InlineData("dispatch:1", "settled dispatch:1 without holding its claim")]
    public async Task An_effect_that_was_done_without_its_claim_breaks_the_promise(string key, string why)
    {
        var history = await WrittenHistory.ServedAsync();
        await history.StepAsync(31, [Done(key, 31, "created:AD_9")]);

        Assert.Equal((ProofAnswer.No, $"step 4 {why}"), await history.ProveAsync("claims_first"));
    }

    [Fact]
    public async Task A_claim_that_is_taken_over_while_it_is_held_or_after_it_was_settled_breaks_the_promise()
    {
        var history = await WrittenHistory.ServedAsync();
        await history.StepAsync(40, [Held("delete-room:1", 40, 55)], new CallEffect.DeleteRoom(1));
        await history.StepAsync(54, [Held("delete-room:1", 54, 69)], new CallEffect.DeleteRoom(1));
        await history.StepAsync(70, [Held("dispatch:1", 70, 85)], new CallEffect.DispatchAgent(1));

        Assert.Equal(
            (ProofAnswer.No, "step 5 took delete-room:1 over while it was held; step 6 began dispatch:1 again after it was settled"),
            await history.ProveAsync("claims_first"));
    }

    [Fact]
    public async Task A_claim_whose_lease_is_over_may_be_taken_over()
    {
        var history = await WrittenHistory.ServedAsync();
        await history.StepAsync(40, [Held("delete-room:1", 40, 55)], new CallEffect.DeleteRoom(1));
        await history.StepAsync(55, [Held("delete-room:1", 55, 70)], new CallEffect.DeleteRoom(1));

        Assert.Equal(ProofAnswer.Yes, (await history.ProveAsync("claims_first")).Answer);
    }

    [Fact]
    public async Task Two_dispatches_for_one_epoch_and_one_for_two_epochs_are_found()
    {
        var history = await WrittenHistory.ServedAsync();
        await history.SettledAsync(5, "dispatch:1", "created:AD_2");
        await history.SettledAsync(6, "dispatch:2", "created:AD_2");

        Assert.Equal(
            (ProofAnswer.No, "dispatch:1 was dispatched 2 times; created:AD_2 stands for 2 epochs"),
            await history.ProveAsync("one_dispatch_per_epoch"));
    }

    [Theory]
    [InlineData(10, ProofAnswer.Yes, "were there together for 8.0 s")]
    [InlineData(80, ProofAnswer.No, "were there together for 78.0 s")]
    public async Task A_second_agent_is_named_and_may_not_stay(double until, ProofAnswer answer, string text)
    {
        var history = await new WrittenHistory()
            .SeenAsync(Joined(0), Joined(1, Agent()), Joined(2, Agent("PA_second")), Left(until, Agent("PA_second")));
        await history.SettledAsync(1, "dispatch:1", "created:AD_1");

        var proven = await history.ProveAsync("one_agent");

        Assert.Equal(answer, proven.Answer);
        Assert.Contains($"PA_agent and PA_second {text}", proven.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_one_after_the_other_are_never_two()
    {
        var history =
            await new WrittenHistory().SeenAsync(Joined(0), Joined(1, Agent()), Left(20, Agent()), Joined(23, Agent("PA_second")));
        await history.SettledAsync(1, "dispatch:1", "created:AD_1");

        Assert.Equal((ProofAnswer.Yes, "2 agents were there, never two at once"), await history.ProveAsync("one_agent"));
    }

    [Theory]
    [InlineData(9.9, ProofAnswer.Yes)]
    [InlineData(10, ProofAnswer.No)]
    public async Task A_caller_who_waits_ten_seconds_must_be_sent_an_agent(double until, ProofAnswer answer)
    {
        var history = await new WrittenHistory().SeenAsync(Joined(0), Left(until));
        await history.StepAsync(until, [Ended(until)]);

        Assert.Equal(answer, (await history.ProveAsync("agent_sent")).Answer);
    }

    [Fact]
    public async Task A_second_end_is_found()
    {
        var history = await WrittenHistory.ServedAsync();
        await history.StepAsync(33, [Ended(33, EndCause.NoAgent)]);

        Assert.Equal((ProofAnswer.No, "the call ended 2 times: caller_hangup, no_agent"), await history.ProveAsync("one_end"));
        Assert.Equal((ProofAnswer.No, "step 4 went from Ended back to Failed"), await history.ProveAsync("never_back"));
        Assert.Equal(ProofAnswer.No, (await history.ProveAsync("claims_first")).Answer);
    }

    [Fact]
    public async Task A_call_that_was_closed_without_an_end_is_found()
    {
        var history = await (await new WrittenHistory().SeenAsync(Joined(0))).ClosedAsync();

        Assert.Equal(ProofAnswer.NotYet, (await history.ProveAsync("one_end")).Answer);
        Assert.Equal((ProofAnswer.No, "i:open is gone, and the call has not ended"), await history.ProveAsync("rows"));
    }

    [Theory]
    [InlineData(45, 1, ProofAnswer.Yes, "the room was deleted 15.0 s after the end")]
    [InlineData(46, 1, ProofAnswer.No, "the room was deleted 16.0 s after the end, 1.0 s late")]
    [InlineData(46, 41, ProofAnswer.Yes, "the room was deleted 16.0 s after the end, 1.0 s late: it was begun in time and took 1 attempts")]
    [InlineData(76, 46, ProofAnswer.No, "the room was deleted 46.0 s after the end, 31.0 s late")]
    public async Task A_room_is_deleted_in_its_window_or_at_least_begun_to_be(double at, double begun, ProofAnswer answer, string text)
    {
        var history = await WrittenHistory.ServedAsync();
        var deleted = Deleted(at) with { BegunAt = begun == 1 ? At(at) : At(begun) };
        await history.StepAsync(at, [deleted]);

        Assert.Equal((answer, text), await history.ProveAsync("room_deleted"));
    }

    [Fact]
    public async Task A_room_that_was_never_deleted_is_found_once_the_call_is_closed()
    {
        var history = await WrittenHistory.ServedAsync();

        Assert.Equal(ProofAnswer.NotYet, (await history.ProveAsync("room_deleted")).Answer);
        Assert.Equal(
            (ProofAnswer.No, "the room was never known to be gone: it was never tried"),
            await (await history.ClosedAsync()).ProveAsync("room_deleted"));
    }

    [Fact]
    public async Task What_was_never_told_is_found_once_the_call_is_closed()
    {
        var history = await WrittenHistory.GoodAsync();
        await history.SeenAsync(Joined(59, Agent("PA_late")));

        Assert.Equal(ProofAnswer.NotYet, (await history.ProveAsync("told_once")).Answer);
        Assert.Equal(
            (
                ProofAnswer.No,
                "8 of 10 lifecycle events were published; never published: PARTICIPANT_JOINED:PA_late, PARTICIPANT_LEFT:PA_late"),
            await (await history.ClosedAsync()).ProveAsync("told_once"));
    }
}
