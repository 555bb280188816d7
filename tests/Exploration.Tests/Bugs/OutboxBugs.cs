using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Exploration.Bugs;

/// <summary>Mistakes at the place where events leave the gateway.</summary>
internal static class OutboxBugs
{
    public static EventOutbox FailuresAreTaken(EventOutbox outbox) => At(outbox, receiver => new FailureIsTaken(receiver));

    public static EventOutbox EventsOvertake(EventOutbox outbox) => At(outbox, receiver => new SecondFirst(receiver));

    private static EventOutbox At(EventOutbox outbox, Func<IEventDestination, IEventDestination> plant) =>
        outbox with { Destinations = [.. outbox.Destinations.Select(plant)] };

    private sealed class FailureIsTaken(IEventDestination inner) : IEventDestination
    {
        public string Name => inner.Name;

        public string? Tenant => inner.Tenant;

        public async Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
        {
            var outcome = await inner.DeliverAsync(outgoing, cancellationToken);
            return outcome is DeliveryOutcome.TryLater ? new DeliveryOutcome.Delivered() : outcome;
        }
    }

    /// <summary>Keeps one event until the next one has gone out.</summary>
    private sealed class SecondFirst(IEventDestination inner) : IEventDestination
    {
        private OutgoingEvent? kept;

        public string Name => inner.Name;

        public string? Tenant => inner.Tenant;

        public async Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
        {
            if (kept is null)
            {
                kept = outgoing;
                return new DeliveryOutcome.Delivered();
            }

            var late = kept;
            kept = null;
            await inner.DeliverAsync(outgoing, cancellationToken);
            return await inner.DeliverAsync(late, cancellationToken);
        }
    }
}

/// <summary>Says that a dead letter is kept, and keeps none.</summary>
internal sealed class KeepsNoLetters(IDeadLetters inner) : IDeadLetters
{
    public ValueTask KeepAsync(DeadLetter letter, CancellationToken cancellationToken) => default;

    public ValueTask<DeadLetterPage> ListAsync(string? tenant, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ListAsync(tenant, after, limit, cancellationToken);

    public ValueTask<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public ValueTask RemoveAsync(string id, CancellationToken cancellationToken) => inner.RemoveAsync(id, cancellationToken);

    public ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.PurgeAsync(before, cancellationToken);
}
