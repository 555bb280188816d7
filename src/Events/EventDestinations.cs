using Azure.Core;
using Azure.Identity;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Events;

/// <summary>The destinations that the settings name.</summary>
public static class EventDestinations
{
    /// <summary>The outbox of a gateway. Nothing is asked of any destination yet.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="deadLetters">Keeps what could not be delivered.</param>
    /// <param name="http">Sends to webhooks; it follows no redirects.</param>
    /// <param name="timeProvider">The time of signatures.</param>
    /// <exception cref="SettingsException">A destination's own client does not take a setting.</exception>
    public static EventOutbox OutboxOf(
        GatewaySettings settings, IDeadLetters deadLetters, HttpMessageInvoker http, TimeProvider timeProvider)
    {
        var events = settings.Events;
        var envelope = new EventEnvelope(new Uri(settings.PublicUrl));
        var identity = () => Identity(settings.Storage?.ClientId);
        List<IEventDestination> destinations =
            [.. events.Webhooks.Select(webhook => new WebhookDestination(webhook, envelope, http, timeProvider))];
        if (events.EventGridEndpoint is { } endpoint)
        {
            destinations.Add(new EventGridDestination(EventGridDestination.ClientOf(endpoint, events.EventGridKey, identity), envelope));
        }

        if (events is { ServiceBus: { } place, ServiceBusQueue: { } queue })
        {
#pragma warning disable CA2000 // It lives as long as the process.
            var client = Made(SettingNames.EventServiceBus, () => ServiceBusDestination.ClientOf(place, identity));
#pragma warning restore CA2000
            destinations.Add(new ServiceBusDestination(client, queue, envelope));
        }

        if (events.Redis is { } redis)
        {
            var configuration = Made(SettingNames.EventRedis, () => RedisDestination.ConfigurationOf(redis));
            destinations.Add(new RedisDestination(configuration, envelope));
        }

        return destinations.Count == 0 ? EventOutbox.None : new EventOutbox(destinations, deadLetters, events.GiveUpAfter);
    }

    /// <summary>The sink of a host, and the console besides where the settings say so.</summary>
    public static ILifecycleEventSink SinkOf(GatewaySettings settings, ILifecycleEventSink sink, TextWriter console) =>
        settings.Events.OnConsole ? new ConsoleEventSink(sink, console) : sink;

    private static T Made<T>(string setting, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException)
        {
            // Its message may show parts of a secret.
            throw new SettingsException([$"{setting} is none that its client can read"]);
        }
    }

    private static TokenCredential Identity(string? managedIdentityClientId) => managedIdentityClientId is null
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(managedIdentityClientId));
}
