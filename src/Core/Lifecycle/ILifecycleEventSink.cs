namespace VoiceFunctions.Core.Lifecycle;

/// <summary>
/// Where lifecycle events go. Each of them is handed over once; where the process dies between handing over and noting it, it is handed
/// over again with the same <see cref="LifecycleEvent.Id"/>, by which a sink or its subscribers tell.
/// </summary>
public interface ILifecycleEventSink
{
    /// <summary>Takes an event over; an exception means that it did not, and the event is offered again later.</summary>
    ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken);
}
