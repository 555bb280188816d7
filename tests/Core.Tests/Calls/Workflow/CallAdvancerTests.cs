using System.Text.Json;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Workflow;

public sealed class CallAdvancerTests
{
    private readonly CallsBench bench = new();

    [Fact]
    public async Task An_end_is_written_in_one_step_and_once()
    {
        await bench.AppendAsync(Left(0));

        await bench.RunAsync(new CallEffect.EndCall(EndCause.CallerHangup));
        var first = (await bench.StateAsync()).End;
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        await bench.RunAsync(new CallEffect.EndCall(EndCause.NoAgent));

        Assert.Equal((ClaimStatus.Done, EndCause.CallerHangup, 1), (first!.Status, first.Result, first.Attempt));
        Assert.Equal(first, (await bench.StateAsync()).End);
    }

    [Fact]
    public async Task An_effect_that_is_no_longer_due_is_not_done()
    {
        await bench.AppendAsync(Joined(0), Left(0.1));

        await bench.RunAsync(new CallEffect.DispatchAgent(1));
        await bench.RunAsync(new CallEffect.DeleteRoom(1));

        Assert.Empty(bench.LiveKit.Asked);
        Assert.Empty((await bench.StateAsync()).Claims);
    }

    [Fact]
    public async Task What_a_look_decided_is_done_on_that_look_and_only_if_nobody_changed_the_call_since()
    {
        await CallerJoinsAsync();
        var stale = await bench.LookAsync();
        var fresh = await bench.LookAsync();

        await bench.Steps.ExecuteAsync(fresh, TestContext.Current.CancellationToken);
        var asked = bench.LiveKit.Asked.Count;
        await bench.Steps.ExecuteAsync(stale, TestContext.Current.CancellationToken);

        Assert.Equal(new CallDecision.Do(new CallEffect.DispatchAgent(1)), stale.Decision);
        Assert.Equal(ClaimStatus.Done, (await bench.StateAsync()).Claims["dispatch:1"].Status);
        Assert.Single(bench.LiveKit.Made);
        Assert.Equal(asked, bench.LiveKit.Asked.Count);
    }

    [Fact]
    public async Task Chores_are_done_on_the_way_to_what_is_next()
    {
        await CallerJoinsAsync();

        var next = await bench.Steps.AdvanceAsync(
            Call, nameof(CallEffect.DispatchAgent), bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

        Assert.IsType<CallDecision.WaitUntil>(next);
        Assert.Single(bench.LiveKit.Made);
        Assert.Contains(bench.Sink.Told, told => told.Name == LifecycleEventName.AgentDispatched);
    }

    [Fact]
    public async Task What_the_people_in_the_call_notice_is_not_done_on_the_way()
    {
        await CallerJoinsAsync();

        var next = await bench.Steps.AdvanceAsync(Call, bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

        Assert.Equal(new CallDecision.Do(new CallEffect.DispatchAgent(1)), next);
        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public async Task A_question_is_one_step_that_keeps_what_was_decided_and_what_was_learnt()
    {
        var look = await QuestionAsync();
        var before = (await StepsAsync()).Count;

        await bench.Steps.ExecuteAsync(look, TestContext.Current.CancellationToken);

        var step = Assert.Single((await StepsAsync()).Skip(before));
        Assert.Equal(new RecordedDecision(new CallEffect.Reconcile(), look.At), step.Decision);
        Assert.Equal(ClaimStatus.Done, Assert.Single(step.Claims).Status);
        Assert.NotEmpty(step.Learnt!);
        Assert.Empty((await bench.StateAsync()).LiveCallers);
    }

    [Fact]
    public async Task Of_two_hosts_that_ask_at_one_time_the_second_throws_its_answer_away()
    {
        var look = await QuestionAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await bench.LookAsync();
        await bench.Host().ExecuteAsync(later, TestContext.Current.CancellationToken);
        var answered = await bench.StateAsync();

        Assert.Null(await bench.Steps.ExecuteAsync(look, TestContext.Current.CancellationToken));

        Assert.Equal(answered.Claims[CallEffect.Reconcile.ClaimKey], (await bench.StateAsync()).Claims[CallEffect.Reconcile.ClaimKey]);
        Assert.Equal(answered.ReconciledAt, (await bench.StateAsync()).ReconciledAt);
    }

    [Fact]
    public async Task Whoever_waits_for_the_answer_gets_it_after_a_few_chores()
    {
        await CallerJoinsAsync();
        await bench.RunAsync(new CallEffect.DispatchAgent(1));
        var conflicts = 0;
        bench.Journal.Before = async method =>
        {
            if (method == "Commit")
            {
                var hook = bench.Journal.Before;
                bench.Journal.Before = _ => Task.CompletedTask;
                await bench.CommitAsync(new EffectClaim($"remove-surplus:{++conflicts}", ClaimStatus.Done, "another host", 1, Noon));
                bench.Journal.Before = hook;
            }
        };

        var next = await bench.Steps.AdvanceAsync(Call, bench.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

        Assert.IsType<CallEffect.Publish>(Assert.IsType<CallDecision.Do>(next).Effect);
        Assert.Equal(CallAdvancer.MaxChores, conflicts);
    }

    [Fact]
    public async Task An_effect_that_hangs_is_given_up_within_its_budget_and_before_its_lease()
    {
        await CallerJoinsAsync();
        bench.LiveKit.Script("ListDispatches", Trouble.HangsBefore);

        var running = bench.RunAsync(new CallEffect.DispatchAgent(1));
        bench.Clock.Advance(EffectExecutor.Budget);
        await running;

        var claim = (await bench.StateAsync()).Claims["dispatch:1"];
        Assert.Equal((ClaimStatus.Failed, "out_of_time", At(10)), (claim.Status, claim.Result, claim.Until));
        Assert.True(EffectExecutor.Budget < EffectExecutor.Lease);
    }

    [Theory]
    [InlineData(CallEffect.DeleteRoom.Attempts - 1, ClaimStatus.Failed)]
    [InlineData(CallEffect.DeleteRoom.Attempts, ClaimStatus.GivenUp)]
    public async Task A_deletion_that_hangs_is_given_up_with_its_last_attempt(int attempt, ClaimStatus status)
    {
        await CallerJoinsAsync();
        await bench.CommitAsync(Ended(0), FailedUntil("delete-room:1", 0, 0) with { Attempt = attempt - 1 });
        bench.LiveKit.Script("ListRooms", Trouble.HangsBefore);

        var running = RunAtOnceAsync(new CallEffect.DeleteRoom(1));
        bench.Clock.Advance(EffectExecutor.Budget);
        await running;

        var claim = (await bench.StateAsync()).Claims["delete-room:1"];
        Assert.Equal((status, "out_of_time", attempt), (claim.Status, claim.Result, claim.Attempt));
    }

    [Fact]
    public async Task A_human_whom_the_route_does_not_have_is_given_up()
    {
        await CallerJoinsAsync();

        await RunAtOnceAsync(new CallEffect.CallHuman());

        var claim = (await bench.StateAsync()).Claims["call-human"];
        Assert.Equal((ClaimStatus.GivenUp, "no_human"), (claim.Status, claim.Result));
    }

    [Fact]
    public async Task The_log_says_why_an_effect_was_given_up()
    {
        await CallerJoinsAsync();
        var loggers = new CollectingLoggers();

        await RunAtOnceAsync(new CallEffect.CallHuman(), bench.CoreOf(loggers: loggers).Advancer);

        Assert.Contains(loggers.Lines, line => line.Contains(": gave up: no_human", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Surplus_agents_are_removed_under_the_claim_of_their_round()
    {
        await CallerJoinsAsync();
        await bench.CommitAsync(Dispatched(0));
        foreach (var agent in new[] { Agent(), Agent("PA_second") })
        {
            await bench.AppendAsync(Joined(0, bench.LiveKit.Join(Room.Name, agent)));
        }

        await RunAtOnceAsync(new CallEffect.RemoveSurplusAgents(3));

        var claim = (await bench.StateAsync()).Claims["remove-surplus:3"];
        Assert.Equal((ClaimStatus.Done, "1"), (claim.Status, claim.Result));
    }

    [Fact]
    public async Task An_outcome_whose_claim_another_host_has_taken_over_is_not_written()
    {
        await CallerJoinsAsync();
        var taken = Done("dispatch:1", 15, "created:theirs");
        var reads = 0;
        bench.Journal.Before = async method =>
        {
            if (method == "Read" && ++reads == 2)
            {
                await bench.CommitAsync(taken);
            }
        };

        await RunAtOnceAsync(new CallEffect.DispatchAgent(1));

        Assert.Equal(taken, (await bench.StateAsync()).Claims["dispatch:1"]);
    }

    [Fact]
    public async Task A_dispatch_of_which_only_the_answer_was_late_is_found_by_the_next_attempt()
    {
        await CallerJoinsAsync();
        bench.LiveKit.Script("CreateDispatch", Trouble.HangsAfter);
        var running = bench.RunAsync(new CallEffect.DispatchAgent(1));
        bench.Clock.Advance(EffectExecutor.Budget);
        await running;

        await bench.RunAsync(new CallEffect.DispatchAgent(1));

        Assert.Single(bench.LiveKit.Made);
        Assert.Equal(
            (ClaimStatus.Done, 2),
            (await bench.StateAsync()).Claims["dispatch:1"] is var claim ? (claim.Status, claim.Attempt) : default);
    }

    [Fact]
    public async Task Inline_only_a_dispatch_is_done_and_within_the_senders_budget()
    {
        await bench.AppendAsync(Started(0));
        await bench.Steps.DispatchInlineAsync(Call, EventIngestor.InlineBudget, TestContext.Current.CancellationToken);
        Assert.Empty((await bench.StateAsync()).Claims);

        await CallerJoinsAsync();
        bench.LiveKit.Script("ListDispatches", Trouble.HangsBefore);
        var running = bench.Steps.DispatchInlineAsync(Call, EventIngestor.InlineBudget, TestContext.Current.CancellationToken);
        bench.Clock.Advance(EventIngestor.InlineBudget);
        await running;

        Assert.Equal("out_of_time", (await bench.StateAsync()).Claims["dispatch:1"].Result);
    }

    [Fact]
    public async Task What_was_learnt_is_journaled_with_the_outcome()
    {
        await bench.AppendAsync(Arrived(0));
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
        bench.Clock.Advance(TimeSpan.FromSeconds(4));
        await bench.RunAsync(new CallEffect.Publish(["CALL_STARTED"]));

        await bench.RunAsync(new CallEffect.Reconcile());

        var state = await bench.StateAsync();
        Assert.Equal([CallerSid], state.LiveCallers.Select(leg => leg.Sid));
        Assert.Equal(At(4), state.ReconciledAt);
        Assert.True(state.Legs.Find(CallerSid)!.Joined!.Inferred);
    }

    [Fact]
    public async Task More_than_a_step_of_the_journal_holds_is_learnt_bit_by_bit()
    {
        await bench.AppendAsync(Arrived(0));
        await bench.RunAsync(new CallEffect.Publish(["CALL_STARTED"]));
        bench.LiveKit.Open(Room.Name, Room.Sid);
        for (var i = 0; i < 70; i++)
        {
            bench.LiveKit.Join(Room.Name, Other(LegRole.Guest, $"PA_{i}"));
        }

        for (var round = 0; round < 3; round++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(4));
            await bench.SettleAsync();
        }

        Assert.Equal(70, (await bench.StateAsync()).Legs.All.Count());
    }

    [Fact]
    public async Task Many_lifecycle_events_are_told_each_once_in_steps_that_the_journal_holds()
    {
        await CallerJoinsAsync();
        await bench.AppendAsync([.. Enumerable.Range(0, 100).Select(i => Joined(0, Other(LegRole.Guest, $"PA_{i}")))]);

        await bench.SettleAsync();

        Assert.Equal(103, bench.Sink.Told.Count); // CALL_STARTED, the caller, AGENT_DISPATCHED.
        Assert.Equal(103, bench.Sink.Told.DistinctBy(told => told.Id).Count());
    }

    [Fact]
    public async Task What_a_sink_took_before_it_refused_something_is_not_offered_again()
    {
        await CallerJoinsAsync();
        bench.Sink.Refuse = told => told.Name == LifecycleEventName.ParticipantJoined ? new InvalidOperationException("full") : null;
        await bench.SettleAsync();

        bench.Sink.Refuse = _ => null;
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        await bench.SettleAsync();

        Assert.Equal(["AGENT_DISPATCHED", "CALL_STARTED", "PARTICIPANT_JOINED"], bench.Sink.Told.Select(told => told.Name).Order());
        Assert.Equal("told", (await bench.StateAsync()).Claims["publish:PARTICIPANT_JOINED:PA_caller"].Result);
    }

    [Fact]
    public async Task A_sink_that_gives_up_on_its_own_is_a_sink_that_refused()
    {
        await CallerJoinsAsync();
        bench.Sink.Refuse = _ => new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.");

        var decision = await bench.SettleAsync();

        Assert.Equal(new CallDecision.WaitUntil(At(4)), decision);
        var claim = (await bench.StateAsync()).Claims["publish:CALL_STARTED"];
        Assert.Equal((ClaimStatus.Failed, At(5), "sink"), (claim.Status, claim.Until, claim.Result));
    }

    [Fact]
    public async Task What_others_write_meanwhile_does_not_keep_an_outcome_from_being_written()
    {
        await CallerJoinsAsync();
        var commits = 0;
        bench.Journal.Before = async method =>
        {
            if (method == "Commit" && ++commits == 2)
            {
                await bench.AppendAsync(Joined(0, Agent()));
                var history = await bench.Journal.ReadAsync(Call, TestContext.Current.CancellationToken);
                await bench.Journal.CommitAsync(
                    Call,
                    history.Version,
                    new JournalChange([Asked(0)], CallDetailRecord.Of(CallState.Of(history), Naming)),
                    TestContext.Current.CancellationToken);
            }
        };

        await bench.RunAsync(new CallEffect.DispatchAgent(1));

        var state = await bench.StateAsync();
        Assert.Equal(ClaimStatus.Done, state.Claims["dispatch:1"].Status);
        Assert.Equal(At(0), state.ReconciledAt);
        Assert.Single(state.LiveAgents);
    }

    [Fact]
    public async Task An_outcome_that_the_journal_could_not_take_is_found_out_after_the_lease()
    {
        await CallerJoinsAsync();
        var commits = 0;
        bench.Journal.Before =
            method => method == "Commit" && ++commits == 2 ? throw new JournalUnavailableException("away") : Task.CompletedTask;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => bench.RunAsync(new CallEffect.DispatchAgent(1)));
        bench.Clock.Advance(EffectExecutor.Lease);

        await bench.RunAsync(new CallEffect.DispatchAgent(1));

        Assert.Single(bench.LiveKit.Made);
        Assert.Equal(ClaimStatus.Done, (await bench.StateAsync()).Claims["dispatch:1"].Status);
    }

    [Fact]
    public void Two_tellings_are_the_same_where_they_tell_the_same()
    {
        Assert.Equal(new CallEffect.Publish(["CALL_STARTED"]), new CallEffect.Publish(["CALL_STARTED"]));
        Assert.NotEqual(new CallEffect.Publish(["CALL_STARTED"]), new CallEffect.Publish(["CALL_ENDED"]));
        Assert.False(new CallEffect.Publish(["CALL_STARTED"]).Equals(null));
    }

    [Fact]
    public async Task A_call_with_nothing_more_to_do_leaves_the_list_of_open_calls()
    {
        await bench.AppendAsync(Left(0));
        await bench.SettleAsync();
        Assert.NotEmpty(await OpenAsync());

        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new CallDecision.Done(), await bench.SettleAsync());

        Assert.Empty(await OpenAsync());
    }

    /// <summary>Does an effect on the call as it stands, whether or not the policy would.</summary>
    private async Task RunAtOnceAsync(CallEffect effect, CallAdvancer? host = null)
    {
        var history = await bench.Journal.ReadAsync(Call, TestContext.Current.CancellationToken);
        var look =
            new CallEvaluation(history, CallState.Of(history), CallsBench.Route, new CallDecision.Do(effect), bench.Clock.GetUtcNow());
        await (host ?? bench.Steps).ExecuteAsync(look, TestContext.Current.CancellationToken);
    }

    private async Task CallerJoinsAsync()
    {
        bench.LiveKit.Open(Room.Name, Room.Sid);
        bench.LiveKit.Join(Room.Name, Caller());
        await bench.AppendAsync(Joined(0));
    }

    /// <summary>The caller is gone and no webhook said so: LiveKit is to be asked.</summary>
    private async Task<CallEvaluation> QuestionAsync()
    {
        await CallerJoinsAsync();
        await bench.SettleAsync();
        bench.LiveKit.Leave(Room.Name, CallerSid, Hangup);
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        var look = await bench.LookAsync();
        Assert.Equal(new CallDecision.Do(new CallEffect.Reconcile()), look.Decision);
        return look;
    }

    private async Task<List<JournalCommit>> StepsAsync() =>
        [.. (await bench.Journal.ReadRowsAsync(Call, TestContext.Current.CancellationToken))
            .Where(row => row.Key.StartsWith(JournalRowKeys.StepPrefix, StringComparison.Ordinal))
            .Select(row => JsonSerializer.Deserialize(row[JournalRowKeys.DataColumn]!, JournalJson.Default.JournalCommit)!)];

    private async Task<List<CallId>> OpenAsync() =>
        await bench.Journal.ListOpenAsync(TestContext.Current.CancellationToken)
            .Select(call => call.CallId)
            .ToListAsync(TestContext.Current.CancellationToken);
}
