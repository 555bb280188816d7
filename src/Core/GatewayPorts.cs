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

/// <summary>The ports that a host fills.</summary>
public sealed record GatewayPorts(
    ICallJournal Journal,
    ILiveKitApi LiveKit,
    ILifecycleEventSink Events,
    TimeProvider Time,
    ILoggerFactory Loggers)
{
    /// <summary>Takes hold of live calls at Twilio; <c>null</c> where the host cannot.</summary>
    public ITwilioCalls? TwilioCalls { get; init; }

    /// <summary>Holds the tenants' API keys; they end with the process where the host has no store for them.</summary>
    public IApiKeyStore ApiKeys { get; init; } = new InMemoryApiKeyStore();

    /// <summary>Reads access tokens of another issuer; <c>null</c> where the host takes none.</summary>
    public IForeignTokens? ForeignTokens { get; init; }

    /// <summary>Holds what limits count; in this process where the host has no other.</summary>
    public ILimitStore Limits { get; init; } = new InMemoryLimitStore();

    /// <summary>Asks the tenants' backends for agents that use tools; <c>null</c> where the host cannot: then there are no tools.</summary>
    public IToolBackends? Tools { get; init; }

    /// <summary>Gives what this process has measured; <c>null</c> where the host exports it.</summary>
    public IMetricsText? Metrics { get; init; }

    /// <summary>Keeps and searches the tenants' documents; <c>null</c> where the host keeps none.</summary>
    public IKnowledgeStore? Knowledge { get; init; }

    /// <summary>Where lifecycle events go besides <see cref="Events"/>.</summary>
    public EventOutbox Outbox { get; init; } = EventOutbox.None;

    /// <summary>Whether the host can keep an answer open and write to it as things happen.</summary>
    public bool CanStream { get; init; }

    /// <summary>
    /// The operator's key for the console of a browser on this machine; <c>null</c> where whoever opens the console has to bring the key.
    /// A host that others can reach must not set it.
    /// </summary>
    public string? ConsoleKey { get; init; }

    /// <summary>The time by which tokens of other machines are judged; <see cref="Time"/> where the host has no other.</summary>
    public TimeProvider TokenTime { get; init; } = Time;
}
