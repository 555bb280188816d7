namespace VoiceFunctions.Core.Settings;

/// <summary>The settings of where lifecycle events go.</summary>
public static partial class SettingNames
{
    /// <summary>The webhooks of lifecycle events.</summary>
    public const string EventWebhooks = "EVENT_WEBHOOKS";

    /// <summary>The Event Grid topic of lifecycle events.</summary>
    public const string EventGridEndpoint = "EVENT_GRID_ENDPOINT";

    /// <summary>Its key.</summary>
    public const string EventGridKey = "EVENT_GRID_KEY";

    /// <summary>The Service Bus namespace of lifecycle events.</summary>
    public const string EventServiceBus = "EVENT_SERVICE_BUS";

    /// <summary>Its queue or topic.</summary>
    public const string EventServiceBusQueue = "EVENT_SERVICE_BUS_QUEUE";

    /// <summary>The Redis server of lifecycle events.</summary>
    public const string EventRedis = "EVENT_REDIS";

    /// <summary>Whether lifecycle events are lines on the console.</summary>
    public const string EventConsole = "EVENT_CONSOLE";

    /// <summary>For how long a lifecycle event is offered.</summary>
    public const string EventRetryHours = "EVENT_RETRY_HOURS";

    /// <summary>They, in the order of the documentation.</summary>
    private static IReadOnlyList<Setting> OfEvents =>
    [
        new(
            EventWebhooks,
            SettingNeed.Optional,
            null,
            "The webhooks that receive lifecycle events ([events](docs/events.md)): `[{\"name\": \"crm\", \"url\": \"https://…\", "
                + "\"secret\": \"whsec_…\", \"tenant\": \"acme\"}]`. Without `tenant` a webhook receives the events of all calls.")
        {
            IsSecret = true,
            IsProse = true,
        },
        new(EventGridEndpoint, SettingNeed.Optional, null, "The endpoint of an Azure Event Grid topic with the schema CloudEvents 1.0."),
        new(EventGridKey, SettingNeed.Optional, "the managed identity", "A key of that topic.") { IsSecret = true },
        new(
            EventServiceBus,
            SettingNeed.Optional,
            null,
            "The connection string of a Service Bus namespace, or its host name if the managed identity is used. Set it together with "
                + "`EVENT_SERVICE_BUS_QUEUE`.")
        {
            IsSecret = true,
        },
        new(EventServiceBusQueue, SettingNeed.Optional, null, "The queue or topic there. Sessions keep the events of a call in order."),
        new(
            EventRedis,
            SettingNeed.Optional,
            null,
            "The Redis server that publishes events on its channels (`call.started`, `call.ended`, …), such as "
                + "`redis.example.com:6380,ssl=true,password=…`.")
        {
            IsSecret = true,
        },
        new(EventConsole, SettingNeed.Optional, "false", "`true`: each lifecycle event is also printed in the gateway's terminal."),
        new(EventRetryHours, SettingNeed.Optional, "24", "For how many hours the delivery of an event is tried before it becomes a dead "
            + "letter, 1 to 168."),
    ];
}
