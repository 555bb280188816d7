using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>The event sink: it can refuse an event, or take it and not say so.</summary>
internal sealed class SinkPort(Strand strand, CallWorld world) : ILifecycleEventSink
{
    private static readonly string[] Troubles = ["refuses", "lost", Strand.Crash, Strand.CrashAfter];

    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken) => new(strand.AskAsync(
        "Publish",
        Troubles,
        trouble =>
        {
            if (trouble != "refuses")
            {
                world.Witness.Told(strand, lifecycleEvent);
            }

            return new Answer<bool>(true, 0) { Error = trouble.Length > 0 ? new InvalidOperationException("The sink is full.") : null };
        },
        cancellationToken,
        isQuiet: true));
}
