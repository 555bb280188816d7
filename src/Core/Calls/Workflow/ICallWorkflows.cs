namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>The engine that runs the workflows of calls, one each. It never carries data: the journal has it.</summary>
public interface ICallWorkflows
{
    /// <summary>Whether a wake-up costs more than a look at the call: then an event that changes nothing for it wakes nobody.</summary>
    bool SparesWakeUps => false;

    /// <summary>Makes sure that the call's workflow runs and looks into the journal soon. Starting twice is starting once.</summary>
    ValueTask StartOrSignalAsync(CallId callId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes sure that the call's workflow was begun, and leaves one that runs alone: there is nothing new for it to see.
    /// </summary>
    ValueTask StartAsync(CallId callId, CancellationToken cancellationToken) => StartOrSignalAsync(callId, cancellationToken);

    /// <summary>
    /// Makes sure that the workflow of a call that the journal holds open runs, also where an earlier one ended without closing it.
    /// </summary>
    ValueTask EnsureRunningAsync(CallId callId, CancellationToken cancellationToken) => StartOrSignalAsync(callId, cancellationToken);

    /// <summary>
    /// Whether the engine knows that the call's workflow hears of every change, and is not late with anything for longer than that. It says
    /// so only from its own memory; an engine that would have to ask somebody says no.
    /// </summary>
    bool IsInTime(CallId callId, TimeSpan overdue) => false;

    /// <summary>Makes the call's workflow look into the journal soon, if it runs.</summary>
    ValueTask SignalAsync(CallId callId, CancellationToken cancellationToken);
}
