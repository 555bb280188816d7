namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>
/// Somewhere outside to which lifecycle events go: a webhook, a queue, a topic. An event may be handed over more than once, always with
/// the same <see cref="LifecycleEvent.Id"/>; the events of one call come one after the other.
/// </summary>
public interface IEventDestination
{
    /// <summary>Its name, 1 to 32 of a-z, 0-9 and '-'. The journal remembers by it what was delivered, so it stays the same.</summary>
    string Name { get; }

    /// <summary>The tenant whose calls it hears of; <c>null</c> for all calls.</summary>
    string? Tenant { get; }

    /// <summary>
    /// Hands an event over. Any exception counts as <see cref="DeliveryOutcome.TryLater"/>: nobody knows whether it arrived.
    /// </summary>
    Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken);
}
