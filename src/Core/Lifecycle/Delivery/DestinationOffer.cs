namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>How an event is offered to a destination, by whoever does so.</summary>
internal static class DestinationOffer
{
    extension(IEventDestination destination)
    {
        /// <summary>Offers an event. It never throws: whatever happens, nobody knows whether the destination has the event.</summary>
        /// <param name="outgoing">The event.</param>
        /// <param name="patience">How long the destination may take.</param>
        /// <param name="timeProvider">Measures it.</param>
        /// <param name="failed">Hears of what the destination threw.</param>
        /// <param name="cancellationToken">Ends the offer.</param>
        public async Task<DeliveryOutcome> OfferAsync(
            OutgoingEvent outgoing,
            TimeSpan patience,
            TimeProvider timeProvider,
            Action<Exception> failed,
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
                return DeliveryOutcome.TryLater.NoAnswer;
            }
#pragma warning disable CA1031 // Whatever it was: nobody knows whether the destination has the event.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failed(failure);
                return new DeliveryOutcome.TryLater("failed");
            }
        }
    }
}
