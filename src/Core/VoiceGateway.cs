using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Admin;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Agents.Reports;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Console;
using VoiceFunctions.Core.Costs;
using VoiceFunctions.Core.DeadLetters;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Handoffs;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.OpenApi;
using VoiceFunctions.Core.Operations;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Quality;
using VoiceFunctions.Core.Recordings;
using VoiceFunctions.Core.Requests;
using VoiceFunctions.Core.Sessions;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Timelines;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Core;

/// <summary>The whole gateway: connects handlers, rules and ports. Every host runs it, with its own ports.</summary>
public sealed class VoiceGateway
{
    /// <summary>Connects the parts of the gateway.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="ports">The host's adapters.</param>
    /// <param name="engine">Creates the host's workflow engine.</param>
    public VoiceGateway(GatewaySettings settings, GatewayPorts ports, Func<CallAdvancer, ICallWorkflows> engine)
    {
        var (journal, liveKit, events, time, loggers) = ports;
        var rooms = new RoomNaming(settings.RoomPrefix);
        var participants = new ParticipantMapper(settings.AgentIdentityPrefix, settings.Numbers);
        var fence = new DispatchFence(settings.LiveKitKeys, time.GetUtcNow());
        var services = new CallServices(journal, liveKit, events, settings.Routes, rooms, participants, time, loggers)
        {
            Fence = fence,
            TakesNewCalls = settings.TelephonyEnabled,
            Outbox = ports.Outbox,
            TenantOf = new CallTenancy(settings.OnlyTenant).TenantOf,
            Outbound = settings.SipOutboundTrunkId is { } trunk ? new OutboundTrunk(trunk, settings.DefaultFrom) : null,
            RecordingTarget = settings.RecordingTarget,
            Limits = ports.Limits,
            Callers = new CallerMark(settings.LiveKitKeys),
            Rescue = RescueOf(settings, ports),
            Redirect = RedirectOf(settings, ports),
        };
        Calls = new CallCore(services, settings.Retention, engine);
        var tokens = settings.ApiTokenKeys is { } keys ? new ApiTokens(keys, ports.TokenTime) : null;
        var limiter = settings.TenantLimits.LimitsRequests
            ? new RequestLimiter(ports.Limits, settings.TenantLimits, time, loggers.CreateLogger<RequestLimiter>())
            : null;
        Front = new HttpRouter(
            [
                .. TwilioHandlers(settings, Calls, journal, time, loggers),
                new LiveKitWebhookHandler(
                    new LiveKitEventMapper(ScopeOf(settings), participants),
                    Calls.Ingestor,
                    time,
                    loggers.CreateLogger<LiveKitWebhookHandler>()),
                .. AgentHandlers(settings, ports, services),
                .. CallHandlers(settings, ports, services),
                .. KnowledgeHandlers(settings, ports, services),
                new DeadLetterListHandler(ports.Outbox.DeadLetters),
                new DeadLetterReplayHandler(ports.Outbox, time, loggers.CreateLogger<DeadLetterReplayHandler>()),
                .. AccessHandlers(settings, ports, tokens, limiter),
                .. ConsoleHandlers(settings, ports),
                new OpenApiHandler(settings.PublicUrl),
                new HealthHandler(GatewayRoutes.Health),
                new HealthHandler(GatewayRoutes.HealthAlias),
                new MetricsHandler(ports.Metrics),
                new ReadyHandler(journal, liveKit, time),
            ],
            AccessChecks(settings, tokens, ports),
            loggers.CreateLogger<HttpRouter>())
        {
            PublicPath = settings.PublicPath,
            Cors = settings.Cors,
            Limiter = limiter,
        };
    }

    /// <summary>Answers requests.</summary>
    public HttpRouter Front { get; }

    /// <summary>Takes calls from their first event to their deleted room.</summary>
    public CallCore Calls { get; }

    /// <summary>Which rooms of the LiveKit project are ours by these settings.</summary>
    public static RoomScope ScopeOf(GatewaySettings settings) =>
        new(
        new RoomNaming(settings.RoomPrefix),
        settings.SipTrunkIds.Concat(settings.Routes.TrunkIds).ToHashSet(),
        settings.SipRuleIds.Concat(settings.Routes.RuleIds).ToHashSet());

    private static TwilioCallerRescue? RescueOf(GatewaySettings settings, GatewayPorts ports) =>
        settings.Twilio is { } twilio && ports.TwilioCalls is { } calls
            ? new TwilioCallerRescue(
                calls, new TwilioReplies(settings, twilio), settings.Routes, ports.Time, ports.Loggers.CreateLogger<TwilioCallerRescue>())
            : null;

    private static TwilioCallerRedirect? RedirectOf(GatewaySettings settings, GatewayPorts ports) =>
        settings.Twilio is { } twilio && ports.TwilioCalls is { } calls
            ? new TwilioCallerRedirect(calls, new TwilioReplies(settings, twilio), ports.Loggers.CreateLogger<TwilioCallerRedirect>())
            : null;

    private static Dictionary<RouteAccess, IAccessCheck> AccessChecks(
        GatewaySettings settings, ApiTokens? tokens, GatewayPorts ports)
    {
        var (time, loggers) = (ports.TokenTime, ports.Loggers);
        var liveKit = new LiveKitWebhookVerifier(settings.LiveKitKeys, time);
        var agent = new AgentTokenVerifier(settings.LiveKitKeys, time, loggers.CreateLogger<AgentTokenVerifier>());
        var key = new DiagnosticsAccess(settings.DiagnosticsKey, time, loggers.CreateLogger<DiagnosticsAccess>());
        return new()
        {
            [RouteAccess.Twilio] = new TwilioRequestVerifier(settings, time, loggers.CreateLogger<TwilioRequestVerifier>()),
            [RouteAccess.LiveKit] = new LiveKitRequestVerifier(liveKit, time, loggers.CreateLogger<LiveKitRequestVerifier>()),
            [RouteAccess.Token] = agent,
            [RouteAccess.Keyed] = key,
            [RouteAccess.Api] = Api(null),
            [RouteAccess.ApiOrKey] = Api(key),
            [RouteAccess.ApiOrToken] = Api(agent),
            [RouteAccess.ApiOrTokenOrKey] = Api(new KeyOrTokenAccess(key, agent)),
            [RouteAccess.Metrics] = settings.MetricsOpen ? new OpenAccess() : key,
        };

        ApiAccess Api(IAccessCheck? other) => new(tokens, other, time, loggers.CreateLogger<ApiAccess>())
        {
            Foreign = ports.ForeignTokens,
        };
    }

    /// <summary>How tenants get keys and tokens.</summary>
    private static IGatewayHandler[] AccessHandlers(
        GatewaySettings settings, GatewayPorts ports, ApiTokens? tokens, RequestLimiter? limiter)
    {
        var desk = new ApiKeyDesk(ports.ApiKeys, ports.TokenTime);
        return
        [
            new AuthTokenHandler(settings.ApiKeys, new ApiKeyVerifier(ports.ApiKeys), tokens, settings.TenantScopes, limiter),
            new JwksHandler(settings.ApiTokenKeys),
            new KeyMakeHandler(desk, ports.Loggers.CreateLogger<KeyMakeHandler>()),
            new KeyListHandler(desk),
            new KeyRevokeHandler(desk, ports.Loggers.CreateLogger<KeyRevokeHandler>()),
        ];
    }

    /// <summary>What agents' jobs ask and report.</summary>
    private IGatewayHandler[] AgentHandlers(GatewaySettings settings, GatewayPorts ports, CallServices services)
    {
        var (journal, rooms, fence, time, loggers) = (services.Journal, services.Rooms, services.Fence, services.Time, services.Loggers);
        var leases = new AgentLeases(journal, rooms, fence, time);
        var reports = ReportsOf(settings, services);
        return
        [
            new AgentLeaseHandler(leases, settings.AgentIdentityPrefix, loggers.CreateLogger<AgentLeaseHandler>()),
            new AgentDoneHandler(reports, loggers.CreateLogger<AgentDoneHandler>()),
            new AgentConsentHandler(reports, loggers.CreateLogger<AgentConsentHandler>()),
            new AnsweredByHandler(reports, settings.Routes, loggers.CreateLogger<AnsweredByHandler>()),
            new ToolHandler(
                reports,
                new CallTenancy(settings.OnlyTenant),
                settings.Tools,
                ports.Tools,
                ports.Tools is { } backends ? new ToolDesk(journal, backends, time) : null,
                loggers.CreateLogger<ToolHandler>()),
        ];
    }

    private JobReports ReportsOf(GatewaySettings settings, CallServices services) =>
        new(services.Journal, services.Rooms, services.Fence, Calls.Ingestor, services.Time) { PlainPrefix = settings.AgentIdentityPrefix };

    /// <summary>What tenants and operators ask about calls.</summary>
    private IGatewayHandler[] CallHandlers(GatewaySettings settings, GatewayPorts ports, CallServices services)
    {
        var (journal, _, _, time, loggers) = ports;
        var rooms = services.Rooms;
        var tenancy = new CallTenancy(settings.OnlyTenant);
        var calls = new CallFinder(journal, tenancy);
        var trails = new CallTrails(journal, tenancy);
        var requester = new CallRequester(
            journal,
            Calls.Ingestor,
            time,
            new PlaceDesk(new CallPlaces(ports.Limits, time), journal, time),
            settings.Routes);
        var ender = new CallEnder(calls, Calls.Ingestor, time);
        var callTokens = new CallTokens(settings.LiveKitKeys, settings.LiveKitHost, rooms, settings.Routes, ports.TokenTime);
        var sessions = new SessionDesk(requester, journal, calls, settings.Routes, callTokens, settings.TelephonyEnabled);
        var handoffs = new HandoffDesk(calls, Calls.Ingestor, settings.Routes, services.Fence, time)
        {
            CanDial = services.Outbound is not null,
            CanRedirect = services.Redirect is not null,
        };
        return
        [
            new OutboundCallHandler(GatewayRoutes.CreateCall, settings, requester, journal, time),
            new OutboundCallHandler(GatewayRoutes.CreateTelephonyCall, settings, requester, journal, time),
            .. RecordingHandler.ForAll(calls, settings.Routes, Calls.Ingestor, time),
            .. new[] { GatewayRoutes.CallHandoff, GatewayRoutes.Handoff }.Select(route =>
                new HandoffHandler(route, handoffs, callTokens, settings, time, loggers.CreateLogger<HandoffHandler>())),
            new CallStartHandler(sessions),
            new CallStateHandler(sessions, rooms),
            new CallStopHandler(ender, rooms),
            new SessionHandler(sessions),
            new QualityHandler(calls, Calls.Ingestor, rooms, time),
            new CallCostHandler(trails, settings, time),
            new SessionEndHandler(ender, rooms),
            new CallTokensHandler(sessions, callTokens),
            new CallListHandler(journal, new CallByRoom(journal, rooms, calls), tenancy, new ListCursor(settings.LiveKitKeys)),
            new CallHandler(calls, rooms),
            new CallEndHandler(ender, rooms, loggers.CreateLogger<CallEndHandler>()),
            new CallProofHandler(journal, settings.Routes, ScopeOf(settings)),
            new CallTimelineHandler(trails, time),
        ];
    }

    /// <summary>The page on which calls are watched, and what it asks for.</summary>
    private static IGatewayHandler[] ConsoleHandlers(GatewaySettings settings, GatewayPorts ports)
    {
        var desk = new ConsoleDesk(ports.Journal, new CallTenancy(settings.OnlyTenant), settings.Routes, ports.Time);
        return
        [
            new ConsolePageHandler(GatewayRoutes.ConsolePage, ports.ConsoleKey),
            new ConsolePageHandler(GatewayRoutes.ConsoleFile, ports.ConsoleKey),
            new ConsoleCallsHandler(desk),
            new ConsoleStreamHandler(desk, ports.CanStream, ports.Time),
        ];
    }

    /// <summary>What tenants and agents ask and send of documents.</summary>
    private IGatewayHandler[] KnowledgeHandlers(GatewaySettings settings, GatewayPorts ports, CallServices services)
    {
        var (time, loggers) = (ports.Time, ports.Loggers);
        var tenancy = new CallTenancy(settings.OnlyTenant);
        var desk = new KnowledgeDesk(ports.Knowledge, loggers.CreateLogger<KnowledgeDesk>());
        return
        [
            new RagQueryHandler(desk, ReportsOf(settings, services), tenancy, time),
            new IngestHandler(desk, new IngestEvents(ports.Outbox, ports.Events, time), settings.PublicPath),
            new DocumentHandler(GatewayRoutes.Document, desk),
            new DocumentHandler(GatewayRoutes.DocumentDelete, desk),
        ];
    }

    private static IGatewayHandler[] TwilioHandlers(
        GatewaySettings settings, CallCore calls, ICallJournal journal, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Twilio is null)
        {
            return [];
        }

        var (ingestor, replies) = (calls.Ingestor, new TwilioReplies(settings, settings.Twilio));
        return
        [
            new TwilioVoiceHandler(
                settings,
                replies,
                new TwilioArrivals(ingestor, journal),
                new TwilioAdmission(calls.Advancer, journal),
                time,
                loggers.CreateLogger<TwilioVoiceHandler>()),
            new TwilioDialResultHandler(settings, replies, ingestor, journal, time, loggers.CreateLogger<TwilioDialResultHandler>()),
            new TwilioScreenHandler(settings, replies, time, loggers.CreateLogger<TwilioScreenHandler>()),
            new TwilioStatusHandler(ingestor, time, loggers.CreateLogger<TwilioStatusHandler>()),
        ];
    }
}
