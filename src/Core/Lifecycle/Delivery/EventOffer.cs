using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>Offers an event to a destination once, for so long and no longer.</summary>
internal static partial class EventOffer
{
    /// <summary>Offers it. Never throws: whatever goes wrong, nobody knows whether the destination has the event.</summary>
    /// <param name="destination">Whom.</param>
    /// <param name="outgoing">What.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="timeProvider">Measures that.</param>
    /// <param name="logger">Hears of a destination that threw.</param>
    /// <param name="cancellationToken">Ends the waiting, as the end of the patience does.</param>
    public static async Task<DeliveryOutcome> MakeAsync(
        IEventDestination destination,
        OutgoingEvent outgoing,
        TimeSpan patience,
        TimeProvider timeProvider,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(patience, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await destination.DeliverAsync(outgoing, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return new DeliveryOutcome.TryLater("no answer in time");
        }
#pragma warning disable CA1031 // Whatever it was: it is offered again, or stays a dead letter.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(logger, outgoing.Event.Name, outgoing.Event.CallId, destination.Name, failure);
            return new DeliveryOutcome.TryLater("failed");
        }
    }

    [LoggerMessage(2403, LogLevel.Warning, "{Event} of call {CallId} could not be handed to {Destination}")]
    private static partial void LogFailed(ILogger logger, string @event, string callId, string destination, Exception failure);
}
