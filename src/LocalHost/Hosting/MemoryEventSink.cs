using VoiceFunctions.Core.Lifecycle;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>Keeps lifecycle events in memory, and tells a listener of each.</summary>
internal sealed class MemoryEventSink(Action<LifecycleEvent>? listener) : ILifecycleEventSink
{
    private readonly Lock gate = new();
    private readonly List<LifecycleEvent> events = [];

    /// <summary>Every event that was published, repetitions included, in order.</summary>
    public IReadOnlyList<LifecycleEvent> Events
    {
        get
        {
            lock (gate)
            {
                return [.. events];
            }
        }
    }

    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            events.Add(lifecycleEvent);
        }

        listener?.Invoke(lifecycleEvent);
        return ValueTask.CompletedTask;
    }
}
