using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.RoomDeletion;
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
    /// <param name="engine">Makes the host's workflow engine, which runs the steps.</param>
    public VoiceGateway(GatewaySettings settings, GatewayPorts ports, Func<CallAdvancer, ICallWorkflows> engine)
    {
        var (journal, liveKit, events, access, time, loggers) = ports;
        var prefix = settings.RoomPrefix;
        var legs = new ParticipantMapper(settings.AgentIdentityPrefix);
        var reconciler = new Reconciler(liveKit, legs, prefix);
        var rooms = new RoomDeleter(liveKit, legs, prefix, Stranded(settings, ports));
        var agents = new AgentDispatcher(liveKit, legs, reconciler);
        var humans = settings.SipOutboundTrunkId is { } trunk ? new HumanDialer(liveKit, legs, agents, trunk, settings.DefaultFrom) : null;
        Steps = new CallAdvancer(
            journal, settings.Routes, agents, humans, rooms, reconciler, events, prefix, time, loggers.CreateLogger<CallAdvancer>());
        Workflows = engine(Steps);

        var intake = new EventIngestor(journal, Workflows, Steps, loggers.CreateLogger<EventIngestor>());
        Sweeper = new CallSweeper(
            journal, Workflows, Steps, intake, liveKit, rooms, prefix, settings.Retention, time, loggers.CreateLogger<CallSweeper>());
        Front = new HttpRouter(
            [
                .. TwilioHandlers(settings, intake, journal, time, loggers),
                new LiveKitWebhookHandler(
                    new LiveKitWebhookVerifier(settings.LiveKitKeys, time), new LiveKitEventMapper(prefix, legs), intake, time, loggers.CreateLogger<LiveKitWebhookHandler>()),
                new AgentLeaseHandler(settings.LiveKitKeys, new AgentLeases(journal, prefix, time), time, loggers.CreateLogger<AgentLeaseHandler>()),
                new CallHandler(journal, access, prefix),
                new CallProofHandler(journal, access, settings.Routes),
                new CallByRoomHandler(journal, access, prefix),
                new HealthHandler(),
                new ReadyHandler(journal, liveKit),
            ],
            loggers.CreateLogger<HttpRouter>());
    }

    /// <summary>Answers requests.</summary>
    public HttpRouter Front { get; }

    /// <summary>Takes calls a step further.</summary>
    public CallAdvancer Steps { get; }

    /// <summary>Runs calls' workflows.</summary>
    public ICallWorkflows Workflows { get; }

    /// <summary>Finds what fell through.</summary>
    public CallSweeper Sweeper { get; }

    private static TwilioCallerRescue? Stranded(GatewaySettings settings, GatewayPorts ports) => settings.Twilio is { } twilio && ports.TwilioCalls is { } calls
        ? new TwilioCallerRescue(calls, new TwilioReplies(settings, twilio), settings.Routes, ports.Time, ports.Loggers.CreateLogger<TwilioCallerRescue>())
        : null;

    private static IGatewayHandler[] TwilioHandlers(GatewaySettings settings, EventIngestor intake, ICallJournal journal, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Twilio is null)
        {
            return [.. new[] { GatewayRoutes.TwilioVoice, GatewayRoutes.TwilioDialResult, GatewayRoutes.TwilioStatus }.Select(route => new ClosedHandler(route))];
        }

        var gate = new TwilioRequestVerifier(settings, loggers.CreateLogger<TwilioRequestVerifier>());
        var replies = new TwilioReplies(settings, settings.Twilio);
        return
        [
            new TwilioVoiceHandler(settings, gate, replies, intake, time, loggers.CreateLogger<TwilioVoiceHandler>()),
            new TwilioDialResultHandler(settings, gate, replies, intake, journal, time, loggers.CreateLogger<TwilioDialResultHandler>()),
            new TwilioStatusHandler(gate, intake, time, loggers.CreateLogger<TwilioStatusHandler>()),
        ];
    }
}
