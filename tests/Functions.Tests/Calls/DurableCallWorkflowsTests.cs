using Grpc.Core;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Tests.Durable;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.Calls;

public sealed class DurableCallWorkflowsTests
{
    private static readonly CallId Call = CallId.ForTwilio("CA00000000000000000000000000000001");

    private readonly ManualClock clock = new();
    private readonly ReplayingTaskHub hub;
    private readonly DurableCallWorkflows workflows;
    private int runs;

    public DurableCallWorkflowsTests()
    {
        hub = new ReplayingTaskHub(
            clock,
            async context =>
            {
                runs++;
                await context.WaitForExternalEvent<string?>(DurableCall.Signal);
            },
            (_, _) => throw new NotSupportedException());
        Client = new HubClient(hub);
        var slot = new DurableClientSlot();
        slot.Put(Client);
        workflows = new DurableCallWorkflows(slot, clock, NullLogger<DurableCallWorkflows>.Instance);
    }

    private HubClient Client { get; }

    private HubInstance Instance => hub.Instances[Call.Value];

    [Fact]
    public async Task A_start_refuses_every_status_that_there_is()
    {
        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["Canceled", "Completed", "Failed", "Pending", "Running", "Suspended", "Terminated"],
            Assert.Single(Client.Starts)!.DedupeStatuses!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_instance_has_the_calls_id()
    {
        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);

        Assert.Equal([Call.Value], hub.Instances.Keys);
    }

    [Fact]
    public async Task Starting_a_running_call_wakes_it()
    {
        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();

        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, Instance.Status);
    }

    [Fact]
    public async Task A_webhook_that_comes_after_the_end_does_not_run_the_call_again()
    {
        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();
        await workflows.SignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();
        var before = runs;

        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();

        Assert.Equal((before, OrchestrationRuntimeStatus.Completed), (runs, Instance.Status));
    }

    [Fact]
    public async Task The_sweeper_begins_a_finished_orchestration_anew()
    {
        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();
        await workflows.SignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();

        await workflows.EnsureRunningAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Running, Instance.Status);
    }

    [Fact]
    public async Task The_sweeper_leaves_a_running_orchestration_alone()
    {
        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();
        var before = runs;

        await workflows.EnsureRunningAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();

        Assert.Equal((before, OrchestrationRuntimeStatus.Running), (runs, Instance.Status));
    }

    [Fact]
    public async Task Starting_a_call_that_runs_does_not_wake_it()
    {
        await workflows.StartAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();
        var before = runs;

        await workflows.StartAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();

        Assert.Equal((before, OrchestrationRuntimeStatus.Running), (runs, Instance.Status));
    }

    [Fact]
    public async Task Waking_a_call_that_was_never_started_starts_nothing()
    {
        await workflows.SignalAsync(Call, TestContext.Current.CancellationToken);

        Assert.Empty(hub.Instances);
    }

    [Fact]
    public async Task Waking_a_call_that_is_over_is_no_failure()
    {
        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();
        await workflows.SignalAsync(Call, TestContext.Current.CancellationToken);
        await hub.SettleAsync();

        await workflows.SignalAsync(Call, TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, Instance.Status);
    }

    [Fact]
    public async Task An_engine_that_is_away_is_left_to_the_sweeper()
    {
        Client.Broken = () => new RpcException(new Status(StatusCode.Unavailable, "away"));

        await workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken);

        Assert.Empty(hub.Instances);
    }

    [Fact]
    public async Task An_engine_that_hangs_keeps_the_sender_no_longer_than_the_budget()
    {
        Client.Hangs = true;
        var starting = workflows.StartOrSignalAsync(Call, TestContext.Current.CancellationToken).AsTask();
        var hung = !starting.IsCompleted;

        clock.Advance(DurableCallWorkflows.Budget);
        await starting;

        Assert.True(hung);
    }

    [Fact]
    public async Task The_senders_own_cancellation_is_passed_on()
    {
        Client.Hangs = true;
        using var gone = new CancellationTokenSource();
        var starting = workflows.StartOrSignalAsync(Call, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
    }
}
