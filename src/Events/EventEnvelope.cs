using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Events;

/// <summary>Writes lifecycle events as CloudEvents 1.0.</summary>
/// <param name="source">Which gateway it is: its public URL.</param>
internal sealed class EventEnvelope(Uri source)
{
    /// <summary>The media type of one event.</summary>
    public const string MediaType = "application/cloudevents+json";

    private static readonly CloudEventAttribute Tenant = CloudEventAttribute.CreateExtension("tenant", CloudEventAttributeType.String);
    private static readonly JsonEventFormatter Formatter = new();

    /// <summary>
    /// An event: the same id for the same happening, the call or the document as its subject, the tenant as an extension.
    /// </summary>
    public CloudEvent Of(OutgoingEvent outgoing)
    {
        var happened = outgoing.Event;
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, [Tenant])
        {
            Id = happened.Id,
            Source = source,
            Type = EventType.Of(happened.Name),
            Subject = happened.Subject,
            Time = happened.At.ToUniversalTime(),
            DataContentType = "application/json",
            Data = EventData.Of(happened),
        };
        if (outgoing.Tenant is { } tenant)
        {
            cloudEvent[Tenant] = tenant;
        }

        return cloudEvent;
    }

    /// <summary>One event as JSON.</summary>
    public ReadOnlyMemory<byte> Json(OutgoingEvent outgoing) => Formatter.EncodeStructuredModeMessage(Of(outgoing), out _);

    /// <summary>The same as a batch of one.</summary>
    public ReadOnlyMemory<byte> JsonBatch(OutgoingEvent outgoing) => Formatter.EncodeBatchModeMessage([Of(outgoing)], out _);
}
