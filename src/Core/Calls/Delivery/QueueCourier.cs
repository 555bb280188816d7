using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>
/// Hands over events that no call's journal holds, such as those of documents: with each sweep those whose time has come. An event is
/// forgotten once it is taken or is a dead letter; where the process dies in between, it is offered again under its id.
/// </summary>
public sealed partial class QueueCourier(EventOutbox outbox, TimeProvider timeProvider, ILogger<QueueCourier> logger)
{
    /// <summary>How many events a sweep looks at.</summary>
    public const int MostAtOnce = 200;

    /// <summary>How long a sweep goes on: calls wait for the next one.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a destination may take for one event.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Hands over what is due, as far as the destinations take it and the time lasts.</summary>
    /// <exception cref="Journal.JournalUnavailableException">The queue or the dead letters are away.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (outbox.Destinations.Count == 0)
        {
            return;
        }

        var began = timeProvider.GetTimestamp();
        var silent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var queued in await outbox.Queue.DueAsync(timeProvider.GetUtcNow(), MostAtOnce, cancellationToken))
        {
            if (timeProvider.GetElapsedTime(began) + Patience > Budget)
            {
                return;
            }

            if (outbox.Find(queued.Destination) is not { } destination)
            {
                await outbox.Queue.RemoveAsync(queued.Id, cancellationToken);
            }
            else if (!silent.Contains(destination.Name)
                && await OfferAsync(destination, queued, cancellationToken) == DeliveryOutcome.TryLater.NoAnswer)
            {
                // It would let the others wait as long for each further event.
                silent.Add(destination.Name);
            }
        }
    }

    private async Task<DeliveryOutcome> OfferAsync(
        IEventDestination destination, QueuedEvent queued, CancellationToken cancellationToken)
    {
        var (name, id) = (queued.Outgoing.Event.Name, queued.Id);
        var outcome = await destination.OfferAsync(
            queued.Outgoing, Patience, timeProvider, failure => LogFailed(name, id, destination.Name, failure), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var now = timeProvider.GetUtcNow();
        switch (DeliveryVerdict.Of(outcome, now - queued.Since, outbox.GiveUpAfter, queued.Outgoing.Event.Id))
        {
            case DeliveryVerdict.Dead { Reason: var reason }:
                await BuryAsync(queued, reason, now, cancellationToken);
                break;
            case DeliveryVerdict.Again { After: var after, Reason: var reason }:
                LogLater(name, id, destination.Name, reason, after.TotalSeconds);
                await outbox.Queue.PostponeAsync(queued with { Next = now + after, Attempts = queued.Attempts + 1 }, cancellationToken);
                break;
            default:
                await outbox.Queue.RemoveAsync(id, cancellationToken);
                break;
        }

        return outcome;
    }

    /// <summary>The letter is there before the event is forgotten.</summary>
    private async Task BuryAsync(QueuedEvent queued, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (happened, tenant) = queued.Outgoing;
        await outbox.DeadLetters.KeepAsync(
            new DeadLetter(queued.Id, queued.Destination, tenant, happened, reason, queued.Attempts + 1, now), cancellationToken);
        await outbox.Queue.RemoveAsync(queued.Id, cancellationToken);
        LogDead(happened.Name, queued.Destination, reason, queued.Id);
    }

    [LoggerMessage(2411, LogLevel.Warning, "{Destination} did not take {Event} {Id}: {Reason}. Again in {Seconds} s")]
    private partial void LogLater(string @event, string id, string destination, string reason, double seconds);

    [LoggerMessage(2412, LogLevel.Error, "{Destination} does not take {Event}: {Reason}. It is the dead letter {Id}")]
    private partial void LogDead(string @event, string destination, string reason, string id);

    [LoggerMessage(2413, LogLevel.Warning, "{Event} {Id} could not be handed to {Destination}")]
    private partial void LogFailed(string @event, string id, string destination, Exception failure);
}
