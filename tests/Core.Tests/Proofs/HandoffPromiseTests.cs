using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Proofs;

public sealed class HandoffPromiseTests
{
    private const string Human = "+15550100181";

    [Fact]
    public async Task A_handoff_that_found_a_human_before_whom_the_agents_fell_silent_is_kept()
    {
        var history = await TakenAsync();
        await history.SettledAsync(16, "silence-agents:1", "removed");

        Assert.Equal((ProofAnswer.Yes, "handoff 1 found a human"), await history.ProveAsync("handoff_once"));
        Assert.Equal(
            (ProofAnswer.Yes, "the agents were removed 1.0 s after the human was known to be there"),
            await history.ProveAsync("agent_silent"));
    }

    [Fact]
    public async Task An_agent_that_is_heard_beside_the_human_breaks_the_promise_late_or_for_good()
    {
        var late = await TakenAsync();
        await late.SettledAsync(26, "silence-agents:1", "removed");
        Assert.Equal(ProofAnswer.No, (await late.ProveAsync("agent_silent")).Answer);
        Assert.EndsWith("late", (await late.ProveAsync("agent_silent")).Text, StringComparison.Ordinal);

        var never = await TakenAsync();
        Assert.Equal(ProofAnswer.NotYet, (await never.ProveAsync("agent_silent")).Answer);
        await never.SeenAsync(Left(60));
        await never.StepAsync(60, [Ended(60)]);
        Assert.Equal(ProofAnswer.No, (await never.ProveAsync("agent_silent")).Answer);

        var over = await TakenAsync();
        await over.SeenAsync(Left(16));
        await over.StepAsync(16, [Ended(16)]);
        Assert.Equal(ProofAnswer.Yes, (await over.ProveAsync("agent_silent")).Answer);
    }

    [Fact]
    public async Task What_was_begun_in_time_and_took_several_attempts_is_kept()
    {
        var history = await TakenAsync();
        await history.StepAsync(16, [Held("silence-agents:1", 16, 31)]);
        await history.StepAsync(33, [Done("silence-agents:1", 33, "removed") with { BegunAt = Given.At(16), Attempt = 2 }]);

        Assert.Equal(ProofAnswer.Yes, (await history.ProveAsync("agent_silent")).Answer);
    }

    [Fact]
    public async Task A_handoff_without_an_end_breaks_the_promise_once_the_call_is_over()
    {
        var history = await AskedAsync();
        Assert.Equal(ProofAnswer.NotYet, (await history.ProveAsync("handoff_once")).Answer);
        await history.SeenAsync(Left(30));
        await history.StepAsync(30, [Ended(30)]);
        await history.ClosedAsync();

        Assert.Equal((ProofAnswer.No, "handoff 1 never came to an end"), await history.ProveAsync("handoff_once"));
    }

    [Fact]
    public async Task A_handoff_that_was_asked_for_twice_under_other_ids_breaks_the_promise()
    {
        var history = await AskedAsync();
        await history.SeenAsync(
            new CallEvent("handoff:again", Given.At(11), new CallFact.HandoffRequested(1, HandoffMode.Warm, [Human], 20)));
        await history.SettledAsync(40, "handoff-failed:1", HandoffFailure.NoAnswer);

        Assert.Equal((ProofAnswer.No, "handoff 1 was asked for 2 times"), await history.ProveAsync("handoff_once"));
    }

    [Fact]
    public async Task A_handoff_that_failed_and_told_of_a_human_breaks_the_promise()
    {
        var history = await AskedAsync();
        await history.SettledAsync(20, "publish:HUMAN_JOINED", "told");
        await history.SettledAsync(40, "handoff-failed:1", HandoffFailure.NoAnswer);

        Assert.Equal(
            (ProofAnswer.No, "handoff 1 failed, and a human was told to have come"), await history.ProveAsync("handoff_once"));
    }

    private static async Task<WrittenHistory> AskedAsync()
    {
        var history = await new WrittenHistory().SeenAsync(Joined(0));
        await history.SettledAsync(0, "dispatch:1", "created:AD_1");
        return await history.SeenAsync(Joined(1, Agent()), Audio(2), HandoffRequested(10, humans: Human));
    }

    /// <summary>A human answered at 15.</summary>
    private static async Task<WrittenHistory> TakenAsync()
    {
        var history = await AskedAsync();
        await history.SettledAsync(10, "handoff:1:1", "rings:SCL_1");
        return await history.SeenAsync(Joined(10.5, HandoffHuman()), Answered(15, HandoffHuman()));
    }
}
