using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Workflow;

namespace VoiceFunctions.Functions.Calls;

/// <summary>
/// Starts and wakes the orchestrations of calls. What happened stands in the journal already, so an engine that cannot be reached costs
/// time and nothing else: it is logged, and the sweeper comes by.
/// </summary>
internal sealed partial class DurableCallWorkflows(
    DurableClientSlot durable, TimeProvider timeProvider, ILogger<DurableCallWorkflows> logger)
    : ICallWorkflows
{
    /// <summary>How long the sender of a webhook waits for the engine at most.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Every status there is: an instance of that id is left alone, whatever became of it. Without this a webhook that comes late would run
    /// a finished call again.
    /// </summary>
    private static readonly string[] Any = [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Select(status => status.ToString())];

    /// <summary>The statuses of an instance that will still look after its call.</summary>
    private static readonly string[] Alive =
    [
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended),
    ];

    public bool SparesWakeUps => true;

    public ValueTask StartOrSignalAsync(CallId callId, CancellationToken cancellationToken) => TryAsync(
        callId,
        async ending =>
        {
            if (!await StartAsync(callId, Any, ending))
            {
                await RaiseAsync(callId, ending);
            }
        },
        cancellationToken);

    public ValueTask StartAsync(CallId callId, CancellationToken cancellationToken) =>
        TryAsync(callId, ending => StartAsync(callId, Any, ending), cancellationToken);

    public ValueTask EnsureRunningAsync(CallId callId, CancellationToken cancellationToken) =>
        TryAsync(callId, ending => StartAsync(callId, Alive, ending), cancellationToken);

    public ValueTask SignalAsync(CallId callId, CancellationToken cancellationToken) =>
        TryAsync(callId, ending => RaiseAsync(callId, ending), cancellationToken);

    /// <summary>
    /// Whether an instance was started. Two hosts that start one at the same time may both get true; the engine runs one, and its first
    /// evaluation sees everything that was journaled.
    /// </summary>
    private async Task<bool> StartAsync(CallId callId, string[] unless, CancellationToken cancellationToken)
    {
        try
        {
            var options = new StartOrchestrationOptions(callId.Value) { DedupeStatuses = unless };
            await durable.Client.ScheduleNewOrchestrationInstanceAsync(CallOrchestration.Name, null, options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    private async Task RaiseAsync(CallId callId, CancellationToken cancellationToken)
    {
        try
        {
            await durable.Client.RaiseEventAsync(callId.Value, DurableCall.Signal, null, cancellationToken);
        }
        catch (RpcException gone) when (gone.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            LogNobodyToSignal(callId, gone.StatusCode);
        }
    }

    private async ValueTask TryAsync(CallId callId, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(Budget, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            await act(ending.Token);
        }
#pragma warning disable CA1031 // Whatever the engine says: the event is recorded, and the sweeper finds the call.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogEngineFailed(callId, failure);
        }
    }

    [LoggerMessage(5201, LogLevel.Debug, "There is no running orchestration of call {CallId} to wake: {Status}")]
    private partial void LogNobodyToSignal(CallId callId, StatusCode status);

    [LoggerMessage(5202, LogLevel.Error, "The orchestration of call {CallId} could not be started or woken; the sweeper will")]
    private partial void LogEngineFailed(CallId callId, Exception exception);
}
