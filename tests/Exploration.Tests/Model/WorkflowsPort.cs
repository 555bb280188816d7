using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>A host's engine as a strand asks for it: a signal can get lost, or fail.</summary>
internal sealed class WorkflowsPort(Strand strand, Host host) : ICallWorkflows
{
    private static readonly string[] Troubles = ["lost", "fails", Strand.Crash];

    /// <summary>As in an orchestration, unless the scenario plays a workflow in the process.</summary>
    public bool SparesWakeUps => host.SparesWakeUps;

    public ValueTask StartOrSignalAsync(CallId callId, CancellationToken cancellationToken) =>
        SignalAsync(callId, mayStart: true, cancellationToken);

    public ValueTask SignalAsync(CallId callId, CancellationToken cancellationToken) =>
        SignalAsync(callId, mayStart: false, cancellationToken);

    private ValueTask SignalAsync(CallId callId, bool mayStart, CancellationToken cancellationToken) => new(strand.AskAsync(
        "Signal",
        Troubles,
        trouble =>
        {
            if (trouble.Length == 0)
            {
                host.Signal(callId, mayStart);
            }

            return new Answer<bool>(true, 0) { Error = trouble == "fails" ? new InvalidOperationException("The engine is away.") : null };
        },
        cancellationToken));
}
