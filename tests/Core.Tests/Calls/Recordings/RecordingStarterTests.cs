using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;
using static VoiceFunctions.Core.Calls.Recordings.Recorded;

namespace VoiceFunctions.Core.Calls.Recordings;

public sealed class RecordingStarterTests
{
    private readonly CallsBench bench = new();

    public RecordingStarterTests()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
    }

    [Fact]
    public async Task It_is_started_with_the_name_that_says_what_it_holds()
    {
        var done = Assert.IsType<EffectOutcome.Done>(await StartAsync());

        var listed = Assert.Single(await ListAsync());
        Assert.Equal(($"started:{listed.EgressId}", $"keep-30d/{Call}/1-room.ogg"), (done.Result, listed.Path));
        Assert.Equal(["StartEgress", "ListEgress"], bench.LiveKit.Asked);
        Assert.Equal(new CallFact.RecordingStarted(listed.EgressId, RoomFile), Assert.Single(done.Learnt).Fact);
    }

    [Theory]
    [InlineData(Trouble.LostAnswer)]
    [InlineData(Trouble.HangsAfter)]
    [InlineData(Trouble.LostRequest)]
    [InlineData(Trouble.Unavailable)]
    public async Task One_of_which_nobody_knows_is_looked_for_before_it_is_started_again(Trouble trouble)
    {
        bench.LiveKit.Script("StartEgress", trouble);
        using var budget = new CancellationTokenSource();
        var first = StartAsync(cancellationToken: budget.Token);
        await budget.CancelAsync();
        if (trouble == Trouble.HangsAfter)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        }
        else
        {
            Assert.IsType<EffectOutcome.TryAgain>(await first);
        }

        var done = Assert.IsType<EffectOutcome.Done>(await StartAsync(attempt: 2));

        var listed = Assert.Single(await ListAsync());
        Assert.EndsWith($":{listed.EgressId}", done.Result, StringComparison.Ordinal);
        Assert.Contains(done.Learnt, learnt => learnt.Fact is CallFact.RecordingStarted);
    }

    [Fact]
    public async Task While_LiveKit_cannot_be_asked_nothing_is_started_a_second_time()
    {
        bench.LiveKit.Script("ListEgress", Trouble.Unavailable);

        Assert.Equal("list_egress", Assert.IsType<EffectOutcome.TryAgain>(await StartAsync(attempt: 2)).Reason);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task One_that_a_webhook_told_of_is_the_one()
    {
        Assert.Equal("found:EG_9", Assert.IsType<EffectOutcome.Done>(await StartAsync(more: [Taken(2, "EG_9")])).Result);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task One_that_nobody_wants_any_more_is_looked_for_and_not_started()
    {
        object[] paused = [Wanted(2, "pause")];

        Assert.Equal("not_wanted", Assert.IsType<EffectOutcome.GaveUp>(await StartAsync(attempt: 2, more: paused)).Reason);
        Assert.Equal("never_began", Assert.IsType<EffectOutcome.GaveUp>(await StartAsync(attempt: 2, more: [Ended(3)])).Reason);
        await StartAsync();
        Assert.StartsWith(
            "found:",
            Assert.IsType<EffectOutcome.Done>(await StartAsync(attempt: 2, more: paused)).Result,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_LiveKit_refuses_is_given_up_and_so_is_what_does_not_come_about()
    {
        bench.LiveKit.Script("StartEgress", Trouble.Refused, Trouble.Unavailable);

        Assert.Equal("refused:unauthenticated", Assert.IsType<EffectOutcome.GaveUp>(await StartAsync()).Reason);
        Assert.Equal(
            "unavailable", Assert.IsType<EffectOutcome.GaveUp>(await StartAsync(attempt: RecordingStarter.MaxAttempts)).Reason);
    }

    [Fact]
    public async Task Without_a_place_for_it_nothing_is_recorded() => Assert.Equal(
        "no_target",
        Assert.IsType<EffectOutcome.GaveUp>(await new RecordingStarter(bench.LiveKit, target: null).StartAsync(
            ContextOf([], 1), StartRoom, TestContext.Current.CancellationToken)).Reason);

    private static EffectContext ContextOf(object[] more, int attempt) => CallsBench.Context(
        new Scene([.. Talking, .. more]).State, attempt, at: 4, CallsBench.Route with { Timeouts = With(WholeRoom) });

    private Task<EffectOutcome> StartAsync(int attempt = 1, object[]? more = null, CancellationToken? cancellationToken = null) =>
        new RecordingStarter(bench.LiveKit, CallsBench.RecordingTarget).StartAsync(
            ContextOf(more ?? [], attempt), StartRoom, cancellationToken ?? TestContext.Current.CancellationToken);

    private async Task<IReadOnlyList<LiveKitEgress>> ListAsync() =>
        Assert.IsType<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>.Ok>(
            await bench.LiveKit.ListEgressAsync(Room.Name, TestContext.Current.CancellationToken)).Value;
}
