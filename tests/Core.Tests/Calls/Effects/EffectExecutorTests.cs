using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Bounds;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>An effect is claimed, done and settled, whatever the journal and the others do meanwhile.</summary>
public sealed class EffectExecutorTests
{
    private static readonly EffectOutcome Sent = new EffectOutcome.Done("sent");
    private static readonly CallDecision Wait = new CallDecision.WaitUntil(At(99));

    private readonly CallsBench bench = new();
    private readonly List<DateTimeOffset> evaluated = [];

    [Fact]
    public async Task A_claim_says_who_sends_which_agent_and_until_when_it_holds()
    {
        EffectClaim? held = null;

        await DispatchAsync(async () =>
        {
            held = await ClaimAsync();
            return Sent;
        });

        Assert.Equal((ClaimStatus.Intent, 1, "acme", null), (held!.Status, held.Attempt, held.Agent, held.EarlierAgent));
        Assert.Equal((At(0), At(0), At(0) + EffectExecutor.Lease), (held.At, held.BegunAt, held.Until));
        var settled = await ClaimAsync();
        Assert.Equal((ClaimStatus.Done, "sent", null, "acme"), (settled.Status, settled.Result, settled.Until, settled.Agent));
        Assert.Equal(held.Owner, settled.Owner);
    }

    [Fact]
    public async Task The_next_attempt_knows_when_the_first_was_begun_and_whom_it_may_have_sent()
    {
        await DispatchAsync(() => Failed(after: 1));
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        await DispatchAsync(() => Failed(after: 1), agent: "reserve");
        var second = await ClaimAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        await DispatchAsync(() => Failed(after: 1), agent: "reserve");
        var third = await ClaimAsync();

        Assert.Equal((2, "reserve", "acme", At(0)), (second.Attempt, second.Agent, second.EarlierAgent, second.BegunAt));
        Assert.Equal((3, "reserve", "acme", At(0)), (third.Attempt, third.Agent, third.EarlierAgent, third.BegunAt));
        Assert.Equal((ClaimStatus.Failed, At(5), "why"), (third.Status, third.Until, third.Result));
    }

    [Fact]
    public async Task A_claim_of_an_effect_in_the_journal_alone_holds_for_no_time()
    {
        await bench.AppendAsync(Joined(0));

        await RunAsync(new CallEffect.EndCall(EndCause.CallerHangup), bench.Journal, () => Task.FromResult(Sent));

        var end = (await bench.StateAsync()).Claims[CallEffect.EndCall.ClaimKey];
        Assert.Equal((ClaimStatus.Done, EndCause.CallerHangup, null), (end.Status, end.Result, end.Until));
        Assert.Null(end.Agent);
    }

    [Fact]
    public async Task A_host_whose_claim_another_one_holds_by_now_leaves_it_alone()
    {
        var other = new EffectClaim("dispatch:1", ClaimStatus.Intent, "another host", 2, At(20)) { Until = At(35) };

        var after = await DispatchAsync(async () =>
        {
            await bench.CommitAsync(other);
            return Sent;
        });

        Assert.Null(after);
        Assert.Equal(other, await ClaimAsync());
    }

    [Fact]
    public async Task A_host_whose_claim_somebody_settled_leaves_it_alone()
    {
        await DispatchAsync(async () =>
        {
            var byHand = (await ClaimAsync()) with { Status = ClaimStatus.GivenUp, Result = "by hand" };
            await bench.CommitAsync(byHand, Held("remove-surplus:1", 0, 60));
            return Sent;
        });

        Assert.Equal((ClaimStatus.GivenUp, "by hand"), ((await ClaimAsync()).Status, (await ClaimAsync()).Result));
    }

    [Fact]
    public async Task An_effect_that_learns_more_than_a_step_holds_is_begun_again_at_once()
    {
        var learnt = Enumerable.Range(0, JournalChange.MaxEvents + 1).Select(i => Left(i, reason: $"reason {i}")).ToList();

        await DispatchAsync(() => Task.FromResult(Sent with { Learnt = learnt }));

        var first = await ClaimAsync();
        Assert.Equal((ClaimStatus.Failed, "more_to_learn", At(0)), (first.Status, first.Result, first.Until));
        await DispatchAsync(() => Task.FromResult(Sent with { Learnt = learnt }));
        Assert.Equal(ClaimStatus.Done, (await ClaimAsync()).Status);
        Assert.Equal(learnt.Count, (await HistoryAsync()).Events.Count(heard => heard.Fact is CallFact.LegLeft));
    }

    [Fact]
    public async Task What_was_done_is_written_also_if_what_was_learnt_is_too_large_for_the_store()
    {
        bench.Journal.IsTooLarge = learnt => learnt.Fact is CallFact.LegLeft;

        await DispatchAsync(() => Task.FromResult(Sent with { Learnt = [Left(1)] }));

        Assert.Equal((ClaimStatus.Done, "sent"), ((await ClaimAsync()).Status, (await ClaimAsync()).Result));
        var omitted = Assert.Single((await HistoryAsync()).Events, heard => heard.Fact is CallFact.EventsOmitted);
        Assert.Equal(OmissionReason.TooLarge, ((CallFact.EventsOmitted)omitted.Fact).Reason);
        Assert.DoesNotContain((await HistoryAsync()).Events, heard => heard.Fact is CallFact.LegLeft);
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(0, 30)]
    public async Task What_is_next_is_asked_about_no_earlier_time_than_before(double decidedAt, double lasts)
    {
        await bench.AppendAsync(Joined(0));

        await RunAsync(
            new CallEffect.DispatchAgent(1),
            bench.Journal,
            () =>
            {
                bench.Clock.Advance(TimeSpan.FromSeconds(lasts));
                return Task.FromResult(Sent);
            },
            at: decidedAt);

        Assert.Equal([At(30)], evaluated);
    }

    [Fact]
    public async Task What_is_next_is_known_with_what_was_learnt_unless_the_stores_answer_was_lost()
    {
        var known = await DispatchAsync(() => Task.FromResult(Sent with { Learnt = [Left(1)] }));
        var version = (await HistoryAsync()).Version;
        var lost = await RunAsync(
            new CallEffect.DispatchAgent(2), new ForgetfulJournal(bench.Journal), () => Task.FromResult(Sent));

        Assert.Equal(At(99), Assert.IsType<CallDecision.WaitUntil>(known!.Decision).Time);
        Assert.Empty(known.State.LiveCallers);
        Assert.Equal(version, known.History.Version);
        Assert.Null(lost);
        Assert.Equal(ClaimStatus.Done, (await bench.StateAsync()).Claims["dispatch:2"].Status);
    }

    [Fact]
    public async Task A_question_whose_answer_came_after_another_hosts_is_dropped()
    {
        await bench.AppendAsync(Joined(0));
        var answered = Asked(1) with { Owner = "another host" };

        await RunAsync(new CallEffect.Reconcile(), bench.Journal, async () =>
        {
            await bench.CommitAsync(answered);
            return new EffectOutcome.Done("asked") { Learnt = [Left(1)] };
        });

        Assert.Equal(answered, (await bench.StateAsync()).Claims[CallEffect.Reconcile.ClaimKey]);
        Assert.DoesNotContain((await HistoryAsync()).Events, heard => heard.Fact is CallFact.LegLeft);
    }

    private static Task<EffectOutcome> Failed(double after) =>
        Task.FromResult<EffectOutcome>(new EffectOutcome.TryAgain(TimeSpan.FromSeconds(after), "why"));

    private async Task<CallEvaluation?> DispatchAsync(Func<Task<EffectOutcome>> send, string agent = "acme")
    {
        await bench.AppendAsync(Joined(0));
        return await RunAsync(new CallEffect.DispatchAgent(1), bench.Journal, send, agent);
    }

    /// <summary>Does one effect, after which nothing is due.</summary>
    private async Task<CallEvaluation?> RunAsync(
        CallEffect effect, ICallJournal journal, Func<Task<EffectOutcome>> handle, string agent = "acme", double? at = null)
    {
        var route = CallsBench.Route with { Agent = new AgentConfig(agent) };
        var handlers = new EffectHandlers()
            .Add<CallEffect.DispatchAgent>((_, _, _) => handle())
            .Add<CallEffect.Reconcile>((_, _, _) => handle());
        var executor = new EffectExecutor(
            journal, handlers, Next, Naming, new RouteTable(route), bench.Clock, NullLogger<EffectExecutor>.Instance);
        var known = CallSnapshot.Of(await HistoryAsync());
        var decidedAt = at is { } seconds ? At(seconds) : bench.Clock.GetUtcNow();
        var due = new CallEvaluation(known.History, known.State, route, new CallDecision.Do(effect), decidedAt);
        return await executor.RunAsync(
            due, new EffectRun((_, begun) => begun.Count == 0), EffectExecutor.Budget, TestContext.Current.CancellationToken);

        CallEvaluation Next(CallSnapshot after, DateTimeOffset asked)
        {
            evaluated.Add(asked);
            return new CallEvaluation(after.History, after.State, route, Wait, asked);
        }
    }

    private async Task<CallHistory> HistoryAsync() => await bench.Journal.ReadAsync(Call, TestContext.Current.CancellationToken);

    private async Task<EffectClaim> ClaimAsync() => (await bench.StateAsync()).Claims["dispatch:1"];

    /// <summary>It writes each step, and does not know the version after it.</summary>
    private sealed class ForgetfulJournal(ICallJournal journal) : DelegatingJournal(journal)
    {
        public override async ValueTask<StepOutcome> CommitAsync(
            CallId callId, string version, JournalChange change, CancellationToken cancellationToken) =>
            await base.CommitAsync(callId, version, change, cancellationToken) with { Version = null };
    }
}
