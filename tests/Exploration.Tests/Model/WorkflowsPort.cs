using VoiceFunctions.Core.Calls;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>A host's engine as a strand asks for it: a poke can get lost, or fail.</summary>
internal sealed class WorkflowsPort(Strand strand, Host host) : ICallWorkflows
{
    private static readonly string[] Troubles = ["lost", "fails", Strand.Crash];

    public ValueTask StartOrPokeAsync(CallId callId, CancellationToken cancellationToken) => PokeAsync(callId, mayStart: true, cancellationToken);

    public ValueTask PokeAsync(CallId callId, CancellationToken cancellationToken) => PokeAsync(callId, mayStart: false, cancellationToken);

    private ValueTask PokeAsync(CallId callId, bool mayStart, CancellationToken cancellationToken) => new(strand.AskAsync(
        "Poke",
        Troubles,
        trouble =>
        {
            if (trouble.Length == 0)
            {
                host.Poke(callId, mayStart);
            }

            return new Answer<bool>(true, 0) { Error = trouble == "fails" ? new InvalidOperationException("The engine is away.") : null };
        },
        cancellationToken));
}
