using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Simulator.Clients;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.Recorders;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Operators;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Receivers;
using VoiceFunctions.Simulator.Tenants;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Simulator.Twilio;

namespace VoiceFunctions.Simulator;

/// <summary>
/// The phone network in a process: callers, Twilio, LiveKit with its SIP service, and agents, all speaking real HTTP with a gateway.
/// Start it first, because a gateway needs to know where LiveKit is; then tell it where the gateway is, with <see cref="Connect"/>.
/// </summary>
public sealed class PhoneNetwork : IAsyncDisposable
{
    private readonly NetworkLog log;
    private readonly Chance chance;

    private PhoneNetwork(SimulationTime time, PhoneNetworkSetup setup)
    {
        Time = time;
        Setup = setup;
        chance = new Chance(setup.Seed);
        log = new NetworkLog(time.Clock, setup.Observer);
        LiveKit = new SimulatedLiveKit(time, chance, setup.LiveKit, log) { WebhookFaults = setup.Faults };
        Twilio = new SimulatedTwilio(time, chance, setup.Twilio, LiveKit, log) { Faults = setup.Faults };
        Operator = new OperatorDesk(time, log);
        Api = new ApiClient(time, setup.Tenant);
        Receiver = new EventReceiver(time, log);
        Tenant = new Tenant(time, LiveKit, setup.Tenant, log);
        GolfClub = new GolfClub(time, log);
        Reset();
    }

    /// <summary>The time that the network lives in; the gateway must live in it too.</summary>
    public SimulationTime Time { get; }

    /// <summary>How the network is set up.</summary>
    public PhoneNetworkSetup Setup { get; }

    /// <summary>The LiveKit server.</summary>
    public SimulatedLiveKit LiveKit { get; }

    /// <summary>Twilio.</summary>
    public SimulatedTwilio Twilio { get; }

    /// <summary>An operator who uses the gateway's API.</summary>
    public OperatorDesk Operator { get; }

    /// <summary>A tenant's system, which uses the gateway's API.</summary>
    public ApiClient Api { get; }

    /// <summary>The system that hears of lifecycle events; it listens where <see cref="PhoneNetworkSetup.HasReceiver"/>.</summary>
    public EventReceiver Receiver { get; }

    /// <summary>Whoever asks the gateway for calls.</summary>
    public Tenant Tenant { get; }

    /// <summary>The backend whose tools agents use.</summary>
    public GolfClub GolfClub { get; }

    /// <summary>Whoever is at the number that calls fall back to, whether Twilio or LiveKit dials it.</summary>
    public Human Human
    {
        get => Twilio.Human;
        set => Twilio.Human = LiveKit.Human = value;
    }

    /// <summary>The gateway's settings that have to agree with this network, by their environment names.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings => new Dictionary<string, string>(
        [.. Setup.Tenant.GatewaySettings, .. GolfClub.GatewaySettings])
    {
        ["TWILIO_ACCOUNT_SID"] = Setup.Twilio.AccountSid,
        ["TWILIO_AUTH_TOKEN"] = Setup.Twilio.AuthToken,
        ["LIVEKIT_HOST"] = LiveKit.Url.GetLeftPart(UriPartial.Authority),
        ["LIVEKIT_API_KEY"] = LiveKit.Key.Id,
        ["LIVEKIT_API_SECRET"] = LiveKit.Key.Secret,
        ["LIVEKIT_SIP_URI"] = $"sip:{Setup.Twilio.SipHost}",
        ["LIVEKIT_SIP_USERNAME"] = Setup.SipUsername,
        ["LIVEKIT_SIP_PASSWORD"] = Setup.SipPassword,
        ["LIVEKIT_SIP_OUTBOUND_TRUNK_ID"] = Setup.LiveKit.OutboundTrunkId,
        ["LIVEKIT_ROOM_PREFIX"] = Setup.RoomPrefix,
        ["LIVEKIT_SIP_RULE_IDS"] = Setup.FrontDeskRule,
    };

    /// <summary>Starts a network; not to be called while its virtual time runs.</summary>
    public static async Task<PhoneNetwork> StartAsync(SimulationTime time, PhoneNetworkSetup setup, CancellationToken cancellationToken)
    {
        var network = new PhoneNetwork(time, setup);
        await network.LiveKit.StartAsync(time, cancellationToken);
        await network.GolfClub.StartAsync(cancellationToken);
        if (setup.HasReceiver)
        {
            await network.Receiver.StartAsync(cancellationToken);
        }

        return network;
    }

    /// <summary>From now on the network's webhooks go to the gateway at this base URL, which must be its PUBLIC_URL too.</summary>
    public void Connect(Uri gateway)
    {
        var root = new Uri(gateway.OriginalString.TrimEnd('/') + "/");
        LiveKit.WebhookUrl = new Uri(root, GatewayRoutes.LiveKitWebhook.Template);
        LiveKit.LeaseUrl = new Uri(root, GatewayRoutes.AgentLease.Template);
        LiveKit.GoodbyeUrl = new Uri(root, GatewayRoutes.AgentDone.Template);
        LiveKit.ConsentUrl = new Uri(root, GatewayRoutes.AgentConsent.Template);
        LiveKit.HandoffUrl = new Uri(root, GatewayRoutes.Handoff.Template);
        LiveKit.ToolsUrl = new Uri(root, "tools/");
        LiveKit.KnowledgeUrl = new Uri(root, GatewayRoutes.RagQuery.Template);
        Twilio.Gateway = Operator.Gateway = Api.Gateway = Tenant.Gateway = root;
        LiveKit.QualityGateway = root;
        LiveKit.AnsweredByUrl = new Uri(root, GatewayRoutes.AgentAnsweredBy.Template);
    }

    /// <summary>
    /// Everything works and everybody is well: good agents, an open route, a human at the desk, trunks as set up, no API faults.
    /// </summary>
    public void Reset()
    {
        Receiver.Reset();
        Tenant.Reset();
        LiveKit.Agents = AgentScript.Good;
        LiveKit.Helpers = new Dictionary<string, AgentBehaviour>();
        LiveKit.IsOurs = name => name.StartsWith($"{Setup.RoomPrefix}_", StringComparison.Ordinal) || name == Setup.FrontDesk;
        LiveKit.ApiFaults = _ => null;
        LiveKit.WebhookFaults = Twilio.Faults = Setup.Faults;
        LiveKit.Recorders = _ => RecorderBehaviour.Good;
        LiveKit.Trunks = Setup.LiveKit.Trunks.Count > 0 ? Setup.LiveKit.Trunks : Trunks([]);
        Twilio.Route = SipRoute.Open;
        Twilio.Verdict = SimulatedTwilio.Verified;
        Human = Human.AtTheDesk;
        Twilio.Humans = LiveKit.Humans = new Dictionary<string, Human>();
        LiveKit.RefusesReferWith = null;
        LiveKit.ReferWaits = false;
        LiveKit.Callee = [Human.AtTheDesk];
        GolfClub.IsDown = false;
    }

    /// <summary>
    /// The usual trunks: one for <see cref="PhoneNetworkSetup.TrunkNumber"/>, a new room for every call, one for
    /// <see cref="PhoneNetworkSetup.FrontDeskNumber"/>, one room for all calls, and one with a password for Twilio's calls, the room named
    /// after the called user. <paramref name="agents"/> come with every room.
    /// </summary>
    public IReadOnlyList<SipTrunk> Trunks(IReadOnlyList<string> agents) =>
    [
        new SipTrunk("ST_SimulatedPhone", new SipDispatchRule.Individual("SDR_SimulatedIndividual", Setup.RoomPrefix) { Agents = agents })
        {
            Numbers = [Setup.TrunkNumber],
        },
        new SipTrunk("ST_SimulatedFrontDesk", new SipDispatchRule.Direct(Setup.FrontDeskRule, Setup.FrontDesk) { Agents = agents })
        {
            Numbers = [Setup.FrontDeskNumber],
        },
        new SipTrunk("ST_SimulatedTwilio", new SipDispatchRule.Callee("SDR_SimulatedCallee", Setup.RoomPrefix) { Agents = agents })
        {
            Username = Setup.SipUsername,
            Password = Setup.SipPassword,
        },
    ];

    /// <summary>Somebody rings up over a SIP trunk that ends at LiveKit. Ends when their call does.</summary>
    public Task<CallerExperience> CallOverTrunkAsync(Caller caller) => TrunkCall.PlaceAsync(Time, LiveKit, caller, log);

    /// <summary>Somebody rings up over a connector that brings them into this room. Ends when their call does.</summary>
    public Task<CallerExperience> CallOverConnectorAsync(Caller caller, string roomName) =>
        ConnectorCall.PlaceAsync(Time, LiveKit, caller, roomName, log);

    /// <summary>
    /// Somebody calls from a browser: a tenant's system begins the call over the API, they join with the token. Ends when their call does.
    /// </summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="breaks">When the connection breaks, after joining, and for how long; <c>null</c> for never.</param>
    public Task<CallerExperience> CallFromBrowserAsync(Caller caller, (TimeSpan After, TimeSpan For)? breaks = null) =>
        BrowserCall.PlaceAsync(Time, LiveKit, Api, caller, chance.Id("browser-"), breaks, log);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        Api.Dispose();
        Tenant.Dispose();
        await GolfClub.DisposeAsync();
        await Receiver.DisposeAsync();
        await Twilio.DisposeAsync();
        await LiveKit.DisposeAsync();
    }
}
