using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Tests.Durable;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Calls;

public sealed class CallOrchestrationTests
{
    private readonly FunctionApp app = new();

    [Fact]
    public async Task A_call_has_one_agent_one_end_and_its_room_does_not_outlive_it()
    {
        var call = new PhoneCall(app);

        await call.TakePlaceAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, call.Instance.Status);
        Assert.Single(app.Api.Made);
        Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded);
        Assert.Single(app.Api.Asked, "DeleteRoom");
        Assert.False(call.HasRoom);
    }

    [Fact]
    public async Task The_history_reads_as_the_story_of_the_call()
    {
        var call = new PhoneCall(app);

        await call.TakePlaceAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        var history = call.Instance.Activities.Where(name => name != CallActivities.Look).ToList();
        Assert.Equal([CallActivities.DeleteRoom], history);
    }

    [Fact]
    public async Task Webhooks_that_all_come_three_times_change_nothing()
    {
        app.Deliveries = 3;
        var call = new PhoneCall(app);

        await call.TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Single(app.Api.Made);
        Assert.Single(app.Api.Asked, "DeleteRoom");
        Assert.Equal(app.Told.Select(told => told.Id).Distinct(), app.Told.Select(told => told.Id));
    }

    [Fact]
    public async Task Activities_that_all_run_twice_change_nothing()
    {
        app.Hub.RunsTwice = true;
        var call = new PhoneCall(app);

        await call.TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Single(app.Api.Made);
        Assert.Single(app.Api.Asked, "DeleteRoom");
        Assert.Equal(app.Told.Select(told => told.Id).Distinct(), app.Told.Select(told => told.Id));
    }

    [Fact]
    public async Task An_agent_that_is_lost_is_replaced()
    {
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        call.AgentJoins();
        call.AgentSpeaks();
        await app.PassAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        call.AgentCrashes();
        await app.PassAsync(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);

        Assert.Equal(2, app.Api.Made.Count);
        Assert.Contains(CallActivities.DispatchAgent, call.Instance.Activities);
    }

    [Fact]
    public async Task A_poke_that_comes_while_the_orchestration_waits_ends_the_wait_at_once()
    {
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var before = app.Clock.GetUtcNow();

        call.CallerLeaves();
        await app.SettleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before, Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded).At);
    }

    [Fact]
    public async Task A_call_whose_pokes_all_get_lost_still_ends()
    {
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        app.Client.Broken = () => new TimeoutException();

        call.CallerLeaves();
        await app.PassAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, call.Instance.Status);
        Assert.False(call.HasRoom);
    }

    [Fact]
    public async Task A_long_call_goes_on_with_new_histories_and_none_of_them_grows_long()
    {
        var call = new PhoneCall(app);

        await call.TakePlaceAsync(TimeSpan.FromMinutes(50), TestContext.Current.CancellationToken);

        Assert.InRange(call.Instance.Generations.Count, 2, 10);
        Assert.All(call.Instance.Generations, history => Assert.InRange(history.Count, 1, 1000));
        Assert.Single(app.Api.Made);
        Assert.Single(app.Api.Asked, "DeleteRoom");
    }

    [Fact]
    public async Task There_is_never_more_than_one_wait_and_no_timer_is_left_behind()
    {
        app.Client.LosesEarlyEvents = false;
        var call = new PhoneCall(app);

        await call.TakePlaceAsync(TimeSpan.FromMinutes(50), TestContext.Current.CancellationToken);

        Assert.Equal((1, 0), (call.Instance.MostWaiters, call.Instance.LeftTimers));
    }

    [Fact]
    public async Task A_burst_of_pokes_is_answered_by_one_look_more()
    {
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var looks = call.Instance.Activities.Count(name => name == CallActivities.Look);

        for (var signal = 0; signal < 20; signal++)
        {
            await app.Client.RaiseEventAsync(call.Id.Value, DurableCall.Signal, null, TestContext.Current.CancellationToken);
        }

        await app.SettleAsync(TestContext.Current.CancellationToken);

        Assert.InRange(call.Instance.Activities.Count(name => name == CallActivities.Look) - looks, 1, 2);
    }

    [Fact]
    public async Task What_the_history_keeps_holds_no_number_and_stays_small()
    {
        var call = new PhoneCall(app);

        await call.TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        var kept = call.Instance.Generations.SelectMany(history => history)
            .Select(row => row switch
            {
                HistoryEvent.TaskScheduled scheduled => scheduled.Input,
                HistoryEvent.TaskCompleted completed => completed.Result,
                _ => null,
            })
            .OfType<string>()
            .ToList();
        Assert.NotEmpty(kept);
        Assert.All(kept, text => Assert.DoesNotContain("15550100001", text, StringComparison.Ordinal));
        Assert.All(kept, text => Assert.InRange(text.Length, 1, 1024));
    }

    [Fact]
    public async Task Every_beginning_of_a_history_replays_to_the_same_decisions()
    {
        var call = new PhoneCall(app);
        await call.TakePlaceAsync(TimeSpan.FromMinutes(50), TestContext.Current.CancellationToken);

        var rows =
            call.Instance.Generations.Sum(history => OrchestratorReplay.EveryBeginning(CallOrchestration.RunAsync, call.Id.Value, history));

        Assert.InRange(rows, 300, 5000);
    }

    [Fact]
    public async Task A_replay_that_decides_otherwise_is_noticed()
    {
        var call = new PhoneCall(app);
        await call.TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var runs = 0;

        async Task Chancy(TaskOrchestrationContext context)
        {
            var skipsLook = ++runs % 2 == 0;
            await CallWorkflow.RunAsync(new DurableCall(context), skipsLook ? 1 : CallOrchestration.TurnsPerGeneration);
            await context.CallActivityAsync<object?>("Audit");
        }

        Assert.Throws<NonDeterminismException>(() => OrchestratorReplay.EveryBeginning(Chancy, call.Id.Value, call.Instance.History));
    }

    [Fact]
    public async Task A_journal_that_is_away_for_a_minute_costs_a_minute()
    {
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        app.Journal.IsAway = true;
        await app.PassAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        app.Journal.IsAway = false;
        call.CallerLeaves();
        await app.PassAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, call.Instance.Status);
        Assert.False(call.HasRoom);
    }

    [Fact]
    public async Task An_orchestration_whose_journal_is_away_too_long_fails_and_is_begun_anew_by_the_sweeper()
    {
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        app.Journal.IsAway = true;
        await app.PassAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
        var failed = call.Instance.Status;

        app.Journal.IsAway = false;
        await app.SweepAsync(TestContext.Current.CancellationToken);
        await app.PassAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal((OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Completed), (failed, call.Instance.Status));
        Assert.False(call.HasRoom);
    }

    [Fact]
    public async Task A_call_whose_start_was_lost_is_found_by_the_sweeper()
    {
        app.Client.Broken = () => new TimeoutException();
        var call = new PhoneCall(app);
        call.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        app.Client.Broken = null;
        await app.SweepAsync(TestContext.Current.CancellationToken);
        call.CallerLeaves();
        await app.PassAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, call.Instance.Status);
        Assert.False(call.HasRoom);
    }
}
