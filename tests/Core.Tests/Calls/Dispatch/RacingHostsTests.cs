using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Dispatch;

/// <summary>Several hosts on one journal, each of which believes that the dispatch is its own.</summary>
public sealed class RacingHostsTests
{
    private readonly CallsBench bench = new();

    [Fact]
    public async Task Of_two_hosts_that_decided_at_the_same_time_one_dispatches()
    {
        await CallerJoinsAsync();
        var other = bench.Host();
        var commits = 0;
        bench.Journal.Before =
            method => method == "Commit" && ++commits == 1 ? bench.RunAsync(new CallEffect.DispatchAgent(1), other) : Task.CompletedTask;

        await bench.RunAsync(new CallEffect.DispatchAgent(1));

        Assert.Equal(["ListDispatches", "CreateDispatch"], bench.LiveKit.Asked);
        Assert.Equal((ClaimStatus.Done, 1), await ClaimAsync());
    }

    [Theory]
    [InlineData("ListDispatches", nameof(Trouble.HangsBefore))]
    [InlineData("CreateDispatch", nameof(Trouble.HangsAfter))]
    [InlineData("CreateDispatch", nameof(Trouble.HangsBefore))]
    public async Task A_host_that_stood_still_beyond_its_lease_does_not_dispatch_a_second_time(string method, string trouble)
    {
        await CallerJoinsAsync();
        var stopped = new ManualClock(Noon);
        bench.LiveKit.Script(method, Enum.Parse<Trouble>(trouble));
        var first = bench.RunAsync(new CallEffect.DispatchAgent(1), bench.Host(stopped));
        Assert.False(first.IsCompleted);

        await bench.RunAsync(new CallEffect.DispatchAgent(1));
        Assert.Equal((ClaimStatus.Intent, 1), await ClaimAsync());

        bench.Clock.Advance(EffectExecutor.Lease);
        await bench.RunAsync(new CallEffect.DispatchAgent(1));
        Assert.Equal((ClaimStatus.Done, 2), await ClaimAsync());

        stopped.Advance(TimeSpan.FromMinutes(1));
        await first;

        Assert.Single(bench.LiveKit.Made);
        Assert.Equal((ClaimStatus.Done, 2), await ClaimAsync());
    }

    [Fact]
    public async Task A_host_that_died_after_the_dispatch_leaves_it_to_be_found()
    {
        await CallerJoinsAsync();
        bench.LiveKit.Script("CreateDispatch", Trouble.HangsAfter);
        var dead = bench.RunAsync(new CallEffect.DispatchAgent(1), bench.Host(new ManualClock(Noon)));
        bench.Clock.Advance(EffectExecutor.Lease);

        await bench.SettleAsync();

        Assert.False(dead.IsCompleted);
        Assert.Single(bench.LiveKit.Made);
        Assert.Equal((ClaimStatus.Done, 2), await ClaimAsync());
    }

    [Fact]
    public async Task The_inline_dispatch_and_the_workflows_are_one()
    {
        await CallerJoinsAsync();

        await bench.Steps.DispatchInlineAsync(Call, EventIngestor.InlineBudget, TestContext.Current.CancellationToken);
        await bench.Host().DispatchInlineAsync(Call, EventIngestor.InlineBudget, TestContext.Current.CancellationToken);
        await bench.SettleAsync(bench.Host());

        Assert.Single(bench.LiveKit.Made);
    }

    private async Task CallerJoinsAsync()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
        await bench.AppendAsync(Joined(0));
    }

    private async Task<(ClaimStatus Status, int Attempt)> ClaimAsync() =>
        (await bench.StateAsync()).Claims["dispatch:1"] is var claim ? (claim.Status, claim.Attempt) : default;
}
