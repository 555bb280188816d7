namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>
/// Keeps events that no call's journal holds until their destinations have them. Where the store is away, each method throws
/// <see cref="Journal.JournalUnavailableException"/>.
/// </summary>
public interface IQueuedEvents
{
    /// <summary>Keeps an event for a destination; one that is kept already stays as it is.</summary>
    ValueTask AddAsync(QueuedEvent queued, CancellationToken cancellationToken);

    /// <summary>The events whose time has come, those that have waited longest first.</summary>
    /// <param name="now">The time.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<QueuedEvent>> DueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken);

    /// <summary>Says when an event is offered again; nothing where somebody else had it taken meanwhile.</summary>
    ValueTask PostponeAsync(QueuedEvent queued, CancellationToken cancellationToken);

    /// <summary>Forgets an event; nothing where there is none.</summary>
    ValueTask RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Forgets the events that were kept before that time; returns how many.</summary>
    ValueTask<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
