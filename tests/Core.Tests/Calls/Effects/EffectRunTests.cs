using System.Text.Json;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>What became of an effect is written together with the claim of the next one.</summary>
public sealed class EffectRunTests
{
    private readonly CallsBench bench = new();
    private int writes;

    [Fact]
    public async Task A_dispatch_and_the_news_of_it_are_three_writes()
    {
        await CallerJoinsAsync();

        await AdvanceAsync(nameof(CallEffect.DispatchAgent));

        Assert.Equal(3, writes);
        Assert.Equal(
            ["dispatch Intent", "dispatch Done", "publish Intent", "publish Done"],
            (await StepsAsync()).Select(step => $"{step.Claims[0].Key.Split(':')[0]} {step.Claims[0].Status}"));
        Assert.Equal([false, false, true, false], (await StepsAsync()).Select(step => step.IsJoined));
    }

    [Fact]
    public async Task The_end_and_the_claim_of_its_news_are_one_write()
    {
        await bench.AppendAsync(Left(0));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Count();

        await AdvanceAsync(nameof(CallEffect.EndCall));

        var steps = await StepsAsync();
        Assert.Equal((CallEffect.EndCall.ClaimKey, ClaimStatus.Done), (steps[0].Claims[0].Key, steps[0].Claims[0].Status));
        Assert.True(steps[1].IsJoined);
        Assert.Equal(steps.Count(step => !step.IsJoined), writes);
    }

    [Fact]
    public async Task Where_somebody_changes_the_call_meanwhile_the_outcome_is_written_and_the_rest_decided_anew()
    {
        await CallerJoinsAsync();
        var others = 0;
        bench.Journal.Before = async method =>
        {
            // Each time when the outcome of the dispatch is to be written.
            if (method == "Commit" && bench.LiveKit.Made.Count > 0 && others < CallAdvancer.MaxChores)
            {
                var hook = bench.Journal.Before;
                bench.Journal.Before = _ => Task.CompletedTask;
                await bench.CommitAsync(
                    new EffectClaim($"remove-surplus:{++others}", ClaimStatus.Done, "another host", 1, bench.Clock.GetUtcNow()));
                bench.Journal.Before = hook;
            }
        };

        var next = await AdvanceAsync(nameof(CallEffect.DispatchAgent));

        Assert.IsType<CallDecision.WaitUntil>(next);
        Assert.Equal(CallAdvancer.MaxChores, others);
        Assert.Single(bench.LiveKit.Made);
        Assert.Equal(ClaimStatus.Done, (await bench.StateAsync()).Claims["dispatch:1"].Status);
        Assert.Single(bench.Sink.Told, told => told.Name == LifecycleEventName.AgentDispatched);
        Assert.Single((await bench.StateAsync()).Claims.Keys, key => key.StartsWith("publish:AGENT_DISPATCHED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_news_of_the_call_nothing_else_is_claimed_before_it_is_read()
    {
        await CallerJoinsAsync();
        var look = await bench.LookAsync();

        var next = await bench.Steps.FollowAsync(look, () => bench.LiveKit.Made.Count > 0, TestContext.Current.CancellationToken);

        Assert.IsType<CallEffect.Publish>(Assert.IsType<CallDecision.Do>(next.Decision).Effect);
        Assert.Equal(2, writes);
        Assert.Empty(bench.Sink.Told);
    }

    [Fact]
    public async Task Without_news_everything_that_is_due_is_done_in_one_go()
    {
        await CallerJoinsAsync();

        var next = await bench.Steps.FollowAsync(await bench.LookAsync(), () => false, TestContext.Current.CancellationToken);

        Assert.IsType<CallDecision.WaitUntil>(next.Decision);
        Assert.Contains(bench.Sink.Told, told => told.Name == LifecycleEventName.AgentDispatched);
    }

    [Fact]
    public async Task A_host_that_stops_begins_no_other_effect()
    {
        await CallerJoinsAsync();
        using var stopping = new CancellationTokenSource();
        var look = await bench.LookAsync();

        await bench.Steps.FollowAsync(
            look,
            () =>
            {
                stopping.Cancel();
                return false;
            },
            stopping.Token);

        Assert.Equal(ClaimStatus.Done, (await bench.StateAsync()).Claims["dispatch:1"].Status);
        Assert.Empty(bench.Sink.Told);
        Assert.DoesNotContain((await bench.StateAsync()).Claims, claim => claim.Value.Status == ClaimStatus.Intent);
    }

    private Task<CallDecision> AdvanceAsync(string effect) =>
        bench.Steps.AdvanceAsync(Call, effect, bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    private async Task CallerJoinsAsync()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
        await bench.AppendAsync(Joined(0));
        Count();
    }

    private void Count() => bench.Journal.Before = method =>
    {
        writes += method == "Commit" ? 1 : 0;
        return Task.CompletedTask;
    };

    private async Task<List<JournalCommit>> StepsAsync() =>
        [.. (await bench.Journal.ReadRowsAsync(Call, TestContext.Current.CancellationToken))
            .Where(row => row.Key.StartsWith(JournalRowKeys.StepPrefix, StringComparison.Ordinal))
            .Select(row => JsonSerializer.Deserialize(row[JournalRowKeys.DataColumn]!, JournalJson.Default.JournalCommit)!)];
}
