using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Messaging.EventGrid;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Events;

/// <summary>Publishes events to a topic of Azure Event Grid. Its subscribers may see them in another order than they happened.</summary>
internal sealed class EventGridDestination(EventGridPublisherClient client, EventEnvelope envelope) : IEventDestination
{
    public string Name => "event-grid";

    public string? Tenant => null;

    /// <summary>The client for a topic; it tries once, see <see cref="WebhookDestination"/>.</summary>
    /// <param name="endpoint">The topic's endpoint.</param>
    /// <param name="key">Its key; <c>null</c> for <paramref name="identity"/>.</param>
    /// <param name="identity">Who the gateway is to Azure.</param>
    public static EventGridPublisherClient ClientOf(Uri endpoint, string? key, Func<TokenCredential> identity)
    {
        var options = new EventGridPublisherClientOptions { Retry = { MaxRetries = 0 } };
        return key is null
            ? new EventGridPublisherClient(endpoint, identity(), options)
            : new EventGridPublisherClient(endpoint, new AzureKeyCredential(key), options);
    }

    public async Task<DeliveryOutcome> DeliverAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.SendEncodedCloudEventsAsync(envelope.JsonBatch(outgoing), cancellationToken);
            return HttpAnswer.Of(response.Status, null);
        }
        catch (RequestFailedException refused) when (refused.Status is 401 or 403 or 404)
        {
            // A right or a topic that is missing is the operator's to mend: nothing is wrong with the event.
            return new DeliveryOutcome.TryLater(string.Create(CultureInfo.InvariantCulture, $"answered {refused.Status}"));
        }
        catch (RequestFailedException refused) when (refused.Status != 0)
        {
            return HttpAnswer.Of(refused.Status, null);
        }
        catch (RequestFailedException)
        {
            return new DeliveryOutcome.TryLater("cannot be reached");
        }
    }
}
