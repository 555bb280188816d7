using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Proofs;
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
    public VoiceGateway(GatewaySettings settings, GatewayPorts ports, Func<CallSteps, ICallWorkflows> engine)
    {
        var (journal, liveKit, events, access, time, loggers) = ports;
        var prefix = settings.RoomPrefix;
        var legs = new LiveKitLegs(settings.AgentIdentityPrefix);
        var reconciler = new Reconciler(liveKit, legs, prefix);
        var rooms = new RoomKeeper(liveKit, legs, prefix, Stranded(settings, ports));
        var agents = new AgentFence(liveKit, legs, reconciler);
        var humans = settings.SipOutboundTrunkId is { } trunk ? new HumanLine(liveKit, legs, agents, trunk, settings.DefaultFrom) : null;
        Steps = new CallSteps(
            journal, settings.Routes, agents, humans, rooms, reconciler, events, prefix, time, loggers.CreateLogger<CallSteps>());
        Workflows = engine(Steps);

        var intake = new CallIntake(journal, Workflows, Steps, loggers.CreateLogger<CallIntake>());
        Sweeper = new CallSweeper(
            journal, Workflows, Steps, intake, liveKit, rooms, prefix, settings.Retention, time, loggers.CreateLogger<CallSweeper>());
        Front = new Gateway(
            [
                .. TwilioHandlers(settings, intake, journal, time, loggers),
                new LiveKitWebhookHandler(
                    new LiveKitWebhookVerifier(settings.LiveKitKeys, time), new LiveKitNormalizer(prefix, legs), intake, time, loggers.CreateLogger<LiveKitWebhookHandler>()),
                new AgentLeaseHandler(settings.LiveKitKeys, new AgentLeases(journal, prefix, time), time, loggers.CreateLogger<AgentLeaseHandler>()),
                new CallHandler(journal, access, prefix),
                new CallProofHandler(journal, access, settings.Routes),
                new CallByRoomHandler(journal, access, prefix),
                new HealthHandler(),
                new ReadyHandler(journal, liveKit),
            ],
            loggers.CreateLogger<Gateway>());
    }

    /// <summary>Answers requests.</summary>
    public Gateway Front { get; }

    /// <summary>Takes calls a step further.</summary>
    public CallSteps Steps { get; }

    /// <summary>Runs calls' workflows.</summary>
    public ICallWorkflows Workflows { get; }

    /// <summary>Finds what fell through.</summary>
    public CallSweeper Sweeper { get; }

    private static StrandedCallers? Stranded(GatewaySettings settings, GatewayPorts ports) => settings.Twilio is { } twilio && ports.TwilioCalls is { } calls
        ? new StrandedCallers(calls, new TwilioReplies(settings, twilio), settings.Routes, ports.Time, ports.Loggers.CreateLogger<StrandedCallers>())
        : null;

    private static IGatewayHandler[] TwilioHandlers(GatewaySettings settings, CallIntake intake, ICallJournal journal, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Twilio is null)
        {
            return [.. new[] { GatewayRoutes.TwilioVoice, GatewayRoutes.TwilioDialResult, GatewayRoutes.TwilioStatus }.Select(route => new ClosedHandler(route))];
        }

        var gate = new TwilioGate(settings, loggers.CreateLogger<TwilioGate>());
        var replies = new TwilioReplies(settings, settings.Twilio);
        return
        [
            new TwilioVoiceHandler(settings, gate, replies, intake, time, loggers.CreateLogger<TwilioVoiceHandler>()),
            new TwilioDialResultHandler(settings, gate, replies, intake, journal, time, loggers.CreateLogger<TwilioDialResultHandler>()),
            new TwilioStatusHandler(gate, intake, time, loggers.CreateLogger<TwilioStatusHandler>()),
        ];
    }
}
