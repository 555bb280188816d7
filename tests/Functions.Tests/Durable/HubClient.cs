using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace VoiceFunctions.Functions.Tests.Durable;

/// <summary>
/// The hub's client as the isolated worker has it: a start refuses the statuses it is told and replaces the others; an event
/// to a missing instance answers NotFound, to a finished one FailedPrecondition, and one to an instance that was not begun yet
/// can get lost without a word.
/// </summary>
internal sealed class HubClient(ReplayingTaskHub hub) : DurableTaskClient("test")
{
    /// <summary>What every start was given.</summary>
    public List<StartOrchestrationOptions?> Starts { get; } = [];

    /// <summary>Whether events to instances that were not begun yet get lost.</summary>
    public bool LosesEarlyEvents { get; set; } = true;

    /// <summary>What every call throws, as when the host's listener is away.</summary>
    public Func<Exception>? Broken { get; set; }

    /// <summary>Whether calls never come back by themselves.</summary>
    public bool Hangs { get; set; }

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        await GetThroughAsync(cancellation);
        Starts.Add(options);
        var id = options!.InstanceId!;
        if (hub.Instances.TryGetValue(id, out var there) && options.DedupeStatuses!.Contains(there.Status.ToString()))
        {
            throw new OrchestrationAlreadyExistsException($"An orchestration with the instance id {id} exists.");
        }

        hub.Start(id);
        return id;
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        await GetThroughAsync(cancellation);
        if (!hub.Instances.TryGetValue(instanceId, out var instance))
        {
            throw new RpcException(new Status(StatusCode.NotFound, "No such instance."));
        }

        if (!instance.IsAlive)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "The instance is not running."));
        }

        if (instance.Status == OrchestrationRuntimeStatus.Running || !LosesEarlyEvents)
        {
            instance.Inbox.Add(new HistoryEvent.EventRaised(eventName, Wire.Write(eventPayload)));
        }
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task GetThroughAsync(CancellationToken cancellation)
    {
        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        }

        if (Broken is not null)
        {
            throw Broken();
        }
    }
}
