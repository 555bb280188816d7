using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Workflow;

namespace VoiceFunctions.LocalHost.Engine;

/// <summary>
/// Runs each call's workflow in this process. It keeps no truth: whatever dies with the process stands in the journal, and
/// the sweeper starts it again.
/// </summary>
/// <param name="steps">What a workflow does.</param>
/// <param name="timeProvider">The clock on which workflows wait.</param>
/// <param name="scheduler">Where workflows run; a virtual time counts what runs on its own.</param>
/// <param name="isAlone">Whether no other process can change the calls, so that a workflow hears of every change.</param>
/// <param name="logger">For what should not happen.</param>
internal sealed partial class InProcessWorkflows(
    CallAdvancer steps, TimeProvider timeProvider, TaskScheduler scheduler, bool isAlone, ILogger<InProcessWorkflows> logger)
    : ICallWorkflows, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<CallId, InProcessCall> running = [];
    private readonly Turns turns = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>How many workflows run.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return running.Count;
            }
        }
    }

    public ValueTask StartOrSignalAsync(CallId callId, CancellationToken cancellationToken)
    {
        Signal(callId, mayStart: true);
        return ValueTask.CompletedTask;
    }

    public ValueTask SignalAsync(CallId callId, CancellationToken cancellationToken)
    {
        Signal(callId, mayStart: false);
        return ValueTask.CompletedTask;
    }

    public bool IsInTime(CallId callId, TimeSpan overdue)
    {
        lock (gate)
        {
            return isAlone && running.TryGetValue(callId, out var call) && !call.IsLate(overdue);
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        lock (gate)
        {
            foreach (var call in running.Values)
            {
                call.Signal();
            }
        }

        stopping.Dispose();
    }

    private void Signal(CallId callId, bool mayStart)
    {
        lock (gate)
        {
            if (running.TryGetValue(callId, out var call))
            {
                call.Signal();
            }
            else if (mayStart && !stopping.IsCancellationRequested)
            {
                running[callId] = call = new InProcessCall(callId, steps, turns, timeProvider, stopping.Token);
                _ = Task.Factory.StartNew(
                    () => FollowAsync(callId, call), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
            }
        }
    }

    private async Task FollowAsync(CallId callId, InProcessCall call)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await CallWorkflow.RunAsync(call);
                if (TryFinish(callId, call))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A workflow that dies leaves a call behind; whatever it was, it is logged and begun anew.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogWorkflowFailed(callId, failure);
                await call.PauseAsync();
            }
            finally
            {
                call.GiveTurnBack();
            }
        }
    }

    /// <summary>Ends the workflow unless it was signalled after it looked for the last time.</summary>
    private bool TryFinish(CallId callId, InProcessCall call)
    {
        lock (gate)
        {
            if (call.TakeSignal())
            {
                return false;
            }

            call.Dispose();
            return running.Remove(callId);
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "The workflow of call {CallId} failed and will be begun anew")]
    private partial void LogWorkflowFailed(CallId callId, Exception exception);
}
