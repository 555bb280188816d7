namespace VoiceFunctions.Core.Settings.Services;

/// <summary>Where lifecycle events go besides the log. Printing them shows no secret.</summary>
public sealed class EventSettings
{
    /// <summary>The webhooks.</summary>
    public IReadOnlyList<EventWebhook> Webhooks { get; init; } = [];

    /// <summary>The endpoint of a topic of Azure Event Grid that takes CloudEvents; <c>null</c> for none.</summary>
    public Uri? EventGridEndpoint { get; init; }

    /// <summary>The topic's key; <c>null</c> where the gateway signs in with its identity.</summary>
    public string? EventGridKey { get; init; }

    /// <summary>The connection string, or the host, of a Service Bus namespace; <c>null</c> for none.</summary>
    public string? ServiceBus { get; init; }

    /// <summary>Its queue or topic.</summary>
    public string? ServiceBusQueue { get; init; }

    /// <summary>How Redis is reached, in the words of its client; <c>null</c> for none.</summary>
    public string? Redis { get; init; }

    /// <summary>Whether each event is also a line on the console.</summary>
    public bool OnConsole { get; init; }

    /// <summary>For how long an event is offered.</summary>
    public TimeSpan GiveUpAfter { get; init; } = Lifecycle.Delivery.EventOutbox.DefaultGiveUpAfter;
}

/// <summary>A webhook to which lifecycle events go.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where events are posted: https, or http on this machine.</param>
/// <param name="Secret">What signs them, as Standard Webhooks writes it (<c>whsec_…</c>).</param>
/// <param name="Tenant">The tenant whose calls it hears of; <c>null</c> for all.</param>
public sealed record EventWebhook(string Name, Uri Url, string Secret, string? Tenant)
{
    /// <summary>The name and the host; the rest of the URL may be a secret too.</summary>
    public override string ToString() => $"{Name} at {Url.Host}";
}
