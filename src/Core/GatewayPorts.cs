using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Api;
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

    /// <summary>Keeps and searches the tenants' documents; <c>null</c> where the host keeps none.</summary>
    public IKnowledgeStore? Knowledge { get; init; }

    /// <summary>Hears of documents; <c>null</c> for the log.</summary>
    public IKnowledgeEvents? KnowledgeEvents { get; init; }

    /// <summary>The time by which tokens of other machines are judged; <see cref="Time"/> where the host has no other.</summary>
    public TimeProvider TokenTime { get; init; } = Time;
}
