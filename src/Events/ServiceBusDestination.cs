using Azure.Core;
using Azure.Messaging.ServiceBus;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Events;

/// <summary>
/// Sends events to a queue or topic of Azure Service Bus: the call or the document is the session, which keeps the order, and the event's
/// id is the message's, by which the queue finds duplicates where that is switched on.
/// </summary>
/// <param name="client">The namespace.</param>
/// <param name="queue">The queue or topic in it.</param>
/// <param name="envelope">Writes the events.</param>
internal sealed class ServiceBusDestination(ServiceBusClient client, string queue, EventEnvelope envelope) : IEventDestination
{
    private readonly ServiceBusSender sender = client.CreateSender(queue);

    public string Name => "service-bus";

    public string? Tenant => null;

    /// <summary>The client of a namespace; it tries once, see <see cref="WebhookDestination"/>.</summary>
    /// <param name="place">A connection string, or the namespace's host for <paramref name="identity"/>.</param>
    /// <param name="identity">Who the gateway is to Azure.</param>
    public static ServiceBusClient ClientOf(string place, Func<TokenCredential> identity)
    {
        var options = new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(5) } };
        return place.Contains('=', StringComparison.Ordinal)
            ? new ServiceBusClient(place, options)
            : new ServiceBusClient(place, identity(), options);
    }

    public async Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendMessageAsync(MessageOf(outgoing), cancellationToken);
            return new DeliveryOutcome.Delivered();
        }
        catch (ServiceBusException refused) when (refused.Reason == ServiceBusFailureReason.MessageSizeExceeded)
        {
            return new DeliveryOutcome.Refused("message too large");
        }
        catch (ServiceBusException refused)
        {
            return new DeliveryOutcome.TryLater($"service bus: {refused.Reason}");
        }
    }

    /// <summary>The message of an event.</summary>
    internal ServiceBusMessage MessageOf(OutgoingEvent outgoing)
    {
        var message = new ServiceBusMessage(envelope.Json(outgoing))
        {
            MessageId = outgoing.Event.Id,
            SessionId = outgoing.Event.Subject,
            Subject = EventType.Of(outgoing.Event.Name),
            ContentType = EventEnvelope.MediaType,
        };
        if (outgoing.Tenant is { } tenant)
        {
            message.ApplicationProperties["tenant"] = tenant;
        }

        return message;
    }
}
