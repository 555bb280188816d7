using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
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

    /// <summary>Where lifecycle events go besides <see cref="Events"/>.</summary>
    public EventOutbox Outbox { get; init; } = EventOutbox.None;

    /// <summary>The time by which tokens of other machines are judged; <see cref="Time"/> where the host has no other.</summary>
    public TimeProvider TokenTime { get; init; } = Time;
}
