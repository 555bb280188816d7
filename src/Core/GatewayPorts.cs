using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Telemetry;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Core;

/// <summary>The ports: what a host must provide to the gateway.</summary>
public sealed record GatewayPorts(
    ICallJournal Journal,
    ILiveKitApi LiveKit,
    ILifecycleEventSink Events,
    TimeProvider Time,
    ILoggerFactory Loggers)
{
    /// <summary>Redirects and ends running calls at Twilio; <c>null</c> if the host cannot.</summary>
    public ITwilioCalls? TwilioCalls { get; init; }

    /// <summary>Stores the tenants' API keys; without a store of the host they are lost with the process.</summary>
    public IApiKeyStore ApiKeys { get; init; } = new InMemoryApiKeyStore();

    /// <summary>Reads access tokens of another issuer; <c>null</c> if the host accepts none.</summary>
    public IForeignTokens? ForeignTokens { get; init; }

    /// <summary>Stores the counters of limits; in this process if the host has no other store.</summary>
    public ILimitStore Limits { get; init; } = new InMemoryLimitStore();

    /// <summary>Calls the tenants' backends when agents use tools; <c>null</c> if the host cannot, and then there are no tools.</summary>
    public IToolBackends? Tools { get; init; }

    /// <summary>Gives the metrics of this process; <c>null</c> if the host exports them.</summary>
    public IMetricsText? Metrics { get; init; }

    /// <summary>Stores and searches the tenants' documents; <c>null</c> if the host stores none.</summary>
    public IKnowledgeStore? Knowledge { get; init; }

    /// <summary>Where lifecycle events go besides <see cref="Events"/>.</summary>
    public EventOutbox Outbox { get; init; } = EventOutbox.None;

    /// <summary>Whether the host can keep an answer open and write to it later, for server-sent events.</summary>
    public bool CanStream { get; init; }

    /// <summary>
    /// The operator's key, which the console gives to a browser on this machine; <c>null</c> if a user of the console must enter the key.
    /// A host that other machines can reach must not set it.
    /// </summary>
    public string? ConsoleKey { get; init; }

    /// <summary>The clock for checking tokens of other machines; <see cref="Time"/> if the host has no other.</summary>
    public TimeProvider TokenTime { get; init; } = Time;
}
