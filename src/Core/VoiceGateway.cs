using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Twilio;

namespace VoiceFunctions.Core;

/// <summary>The gateway put together: what every host runs, whatever its ports are.</summary>
public sealed class VoiceGateway
{
    /// <summary>Puts the gateway together.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="ports">The host's adapters.</param>
    /// <param name="engine">Makes the host's workflow engine.</param>
    public VoiceGateway(GatewaySettings settings, GatewayPorts ports, Func<CallAdvancer, ICallWorkflows> engine)
    {
        var (journal, liveKit, events, access, time, loggers) = ports;
        var rooms = new RoomNaming(settings.RoomPrefix);
        var participants = new ParticipantMapper(settings.AgentIdentityPrefix);
        var services = new CallServices(journal, liveKit, events, settings.Routes, rooms, participants, time, loggers)
        {
            Outbound = settings.SipOutboundTrunkId is { } trunk ? new OutboundTrunk(trunk, settings.DefaultFrom) : null,
            Rescue = RescueOf(settings, ports),
        };
        Calls = new CallCore(services, settings.Retention, engine);
        Front = new HttpRouter(
            [
                .. TwilioHandlers(settings, Calls.Ingestor, journal, time, loggers),
                new LiveKitWebhookHandler(
                    new LiveKitWebhookVerifier(settings.LiveKitKeys, time),
                    new LiveKitEventMapper(rooms, participants),
                    Calls.Ingestor,
                    time,
                    loggers.CreateLogger<LiveKitWebhookHandler>()),
                new AgentLeaseHandler(
                    settings.LiveKitKeys, new AgentLeases(journal, rooms, time), time, loggers.CreateLogger<AgentLeaseHandler>()),
                new CallHandler(journal, access, rooms),
                new CallProofHandler(journal, access, settings.Routes),
                new CallByRoomHandler(journal, access, rooms),
                new HealthHandler(),
                new ReadyHandler(journal, liveKit),
            ],
            loggers.CreateLogger<HttpRouter>());
    }

    /// <summary>Answers requests.</summary>
    public HttpRouter Front { get; }

    /// <summary>Takes calls from their first event to their deleted room.</summary>
    public CallCore Calls { get; }

    private static TwilioCallerRescue? RescueOf(GatewaySettings settings, GatewayPorts ports) =>
        settings.Twilio is { } twilio && ports.TwilioCalls is { } calls
            ? new TwilioCallerRescue(
                calls, new TwilioReplies(settings, twilio), settings.Routes, ports.Time, ports.Loggers.CreateLogger<TwilioCallerRescue>())
            : null;

    private static IGatewayHandler[] TwilioHandlers(GatewaySettings settings, EventIngestor ingestor, ICallJournal journal, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Twilio is null)
        {
            return [.. new[] { GatewayRoutes.TwilioVoice, GatewayRoutes.TwilioDialResult, GatewayRoutes.TwilioStatus }.Select(route => new ClosedHandler(route))];
        }

        var gate = new TwilioRequestVerifier(settings, loggers.CreateLogger<TwilioRequestVerifier>());
        var replies = new TwilioReplies(settings, settings.Twilio);
        return
        [
            new TwilioVoiceHandler(settings, gate, replies, ingestor, time, loggers.CreateLogger<TwilioVoiceHandler>()),
            new TwilioDialResultHandler(settings, gate, replies, ingestor, journal, time, loggers.CreateLogger<TwilioDialResultHandler>()),
            new TwilioStatusHandler(gate, ingestor, time, loggers.CreateLogger<TwilioStatusHandler>()),
        ];
    }
}
