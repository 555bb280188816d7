using Microsoft.AspNetCore.Http;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.Api;
using VoiceFunctions.Simulator.LiveKit.People;
using VoiceFunctions.Simulator.LiveKit.Recorders;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.LiveKit.Webhooks;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit;

/// <summary>A LiveKit server with its SIP service and its agents, over real HTTP on 127.0.0.1, as a real one was recorded.</summary>
public sealed class SimulatedLiveKit : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly TimeProvider clock;
    private readonly WebhookSender webhooks;
    private readonly RoomDirectory rooms;
    private readonly LeaseDesk leases;
    private readonly QualityReporter reporter;
    private readonly AgentWorkers workers;
    private readonly SipService sip;
    private readonly OutboundSipService outbound;
    private readonly VisitorService visitors;
    private readonly EgressService recorders;
    private readonly TwirpRouter router;
    private readonly ServerCrash crash;
    private LoopbackServer? server;

    internal SimulatedLiveKit(SimulationTime time, Chance chance, LiveKitSetup setup, NetworkLog log)
    {
        Key = setup.Key;
        clock = time.Clock;
        webhooks = new WebhookSender(time, chance, setup.Key, log);
        rooms = new RoomDirectory(time.Clock, chance, webhooks.Send, log, setup.DepartureTimeout);
        leases = new LeaseDesk(time, setup.Key, log, stopping.Token);
        reporter = new QualityReporter(time, setup.Key, log, stopping.Token);
        outbound = new OutboundSipService(time, chance, rooms, log, setup.OutboundTrunkId, stopping.Token);
        workers = new AgentWorkers(time, chance, rooms, leases, reporter, outbound, log, stopping.Token);
        rooms.Dispatched = dispatch =>
        {
            workers.Take(dispatch);
            Offered(new AgentOffer(dispatch.Id, dispatch.Room.Name, dispatch.AgentName, dispatch.Metadata));
        };
        rooms.IsOwnAgent = name => !Helpers.ContainsKey(name);
        sip = new SipService(time, chance, rooms, log, stopping.Token)
        {
            Trunks = setup.Trunks,
            HumanAt = number => Humans.GetValueOrDefault(number, Human),
        };
        visitors = new VisitorService(time, chance, rooms, log, stopping.Token);
        recorders = new EgressService(time.Clock, chance, rooms, webhooks.Send, log);
        var witness = new ApiWitness(rooms, time.Clock);
        var methods = new Dictionary<string, TwirpMethod>(StringComparer.Ordinal);
        new RoomServiceApi(time, rooms, witness, log).AddTo(methods);
        new DispatchServiceApi(time, chance, rooms, witness).AddTo(methods);
        new SipServiceApi(outbound, sip, setup.OutboundNumber).AddTo(methods);
        new SipSetupApi(sip, chance, setup.OutboundTrunkId, setup.OutboundNumber).AddTo(methods);
        new EgressServiceApi(recorders, rooms, chance).AddTo(methods);
        router = new TwirpRouter(time, new LiveKitKeyring(setup.Key), methods) { Asked = witness.Asks };
        crash = new ServerCrash(time, rooms, router, log, stopping.Token);
    }

    /// <summary>The API key that it knows and that signs its webhooks.</summary>
    public LiveKitKey Key { get; }

    /// <summary>Where its API listens.</summary>
    public Uri Url => server?.Url ?? throw new InvalidOperationException("The simulated LiveKit has not been started.");

    /// <summary>Where its webhooks go; until it is set they are lost.</summary>
    public Uri? WebhookUrl
    {
        get => webhooks.Target;
        set => webhooks.Target = value;
    }

    /// <summary>Where agents ask whether they are the one that may speak; until it is set they do not ask.</summary>
    public Uri? LeaseUrl
    {
        get => leases.Url;
        set => leases.Url = value;
    }

    /// <summary>Where agents say that they have finished; until it is set they do not say so.</summary>
    public Uri? GoodbyeUrl
    {
        get => leases.GoodbyeUrl;
        set => leases.GoodbyeUrl = value;
    }

    /// <summary>Where agents say whether their caller agrees to a recording; until it is set they do not say so.</summary>
    public Uri? ConsentUrl
    {
        get => leases.ConsentUrl;
        set => leases.ConsentUrl = value;
    }

    /// <summary>What the recorder of the how-manieth recording does, the first being 1. Default: all are good.</summary>
    public Func<int, RecorderBehaviour> Recorders
    {
        get => recorders.BehaviourOf;
        set => recorders.BehaviourOf = value;
    }

    /// <summary>Where agents ask for a human for their caller; until it is set they do not ask.</summary>
    public Uri? HandoffUrl
    {
        get => leases.HandoffUrl;
        set => leases.HandoffUrl = value;
    }

    /// <summary>Below where agents use tools, with a slash at its end; until it is set they use none.</summary>
    public Uri? ToolsUrl
    {
        get => leases.ToolsUrl;
        set => leases.ToolsUrl = value;
    }

    /// <summary>Where agents ask for passages of their tenant's documents; until it is set they do not ask.</summary>
    public Uri? KnowledgeUrl
    {
        get => leases.KnowledgeUrl;
        set => leases.KnowledgeUrl = value;
    }

    /// <summary>
    /// What the agents of other people do, by their names; agents of all other names are the gateway's. Default: there are none.
    /// </summary>
    public IReadOnlyDictionary<string, AgentBehaviour> Helpers
    {
        get => workers.Helpers;
        set => workers.Helpers = value;
    }

    /// <summary>Whether a room is the gateway's by its name; all others are somebody else's. Default: every room is.</summary>
    public Func<string, bool> IsOurs
    {
        get => rooms.IsOurs;
        set => rooms.IsOurs = value;
    }

    /// <summary>What the agents of every room do.</summary>
    public AgentScript Agents
    {
        get;
        set
        {
            field = value;
            workers.ScriptOf = _ => value;
        }
    } = AgentScript.Good;

    /// <summary>What the agents of a room session do, where they do not all do the same.</summary>
    public Func<RoomTruth, AgentScript> AgentsOf
    {
        get => workers.ScriptOf;
        set => workers.ScriptOf = value;
    }

    /// <summary>Decides, for every inbound call, whether its connection breaks off before its phone is in the room.</summary>
    public Func<InboundSipCall, bool> SipAborts
    {
        get => sip.Aborts;
        set => sip.Aborts = value;
    }

    /// <summary>Is told of every request for an agent, at once, on the thread on which it came.</summary>
    public Action<AgentOffer> Offered { get; set; } = _ => { };

    /// <summary>Serves the WebSockets of real workers and clients; <c>null</c> where there is nothing for them but the API.</summary>
    public RequestDelegate? Sockets { get; set; }

    /// <summary>Its SIP trunks; the first one that takes a number has it.</summary>
    public IReadOnlyList<SipTrunk> Trunks
    {
        get => sip.Trunks;
        set => sip.Trunks = value;
    }

    /// <summary>Whoever is at the phones that it dials.</summary>
    public Human Human
    {
        get => outbound.Human;
        set => outbound.Human = value;
    }

    /// <summary>Who is at which of these phones; <see cref="Human"/> is at every other.</summary>
    public IReadOnlyDictionary<string, Human> Humans
    {
        get => outbound.Humans;
        set => outbound.Humans = value;
    }

    /// <summary>The SIP status with which trunks refuse to give their callers to others; <c>null</c> where they do it.</summary>
    public int? RefusesReferWith
    {
        get => sip.RefusesReferWith;
        set => sip.RefusesReferWith = value;
    }

    /// <summary>Whether a trunk says that a caller was given to a human only when the human has answered.</summary>
    public bool ReferWaits
    {
        get => sip.ReferWaits;
        set => sip.ReferWaits = value;
    }

    /// <summary>
    /// Who is at the phone that a call is for, each time that it rings; the last one for all further times.
    /// </summary>
    public IReadOnlyList<Human> Callee
    {
        get => outbound.Callee;
        set => outbound.Callee = value;
    }

    /// <summary>Every phone that a call was for, each time that it rang, in order.</summary>
    public IReadOnlyList<CalleePhone> Callees => outbound.Callees;

    /// <summary>Where agents say who answered a phone that was called; until it is set they do not say so.</summary>
    public Uri? AnsweredByUrl
    {
        get => leases.AnsweredByUrl;
        set => leases.AnsweredByUrl = value;
    }

    /// <summary>The base URL of the gateway to which agents report what they measure; until it is set they do not.</summary>
    public Uri? QualityGateway
    {
        get => reporter.Gateway;
        set => reporter.Gateway = value;
    }

    /// <summary>What goes wrong on the webhooks' way.</summary>
    public DeliveryFaults WebhookFaults
    {
        get => webhooks.Faults;
        set => webhooks.Faults = value;
    }

    /// <summary>Is told of every webhook that was delivered or given up, on the thread on which it was.</summary>
    public Action<WebhookReport>? WebhookSettled
    {
        get => webhooks.Settled;
        set => webhooks.Settled = value;
    }

    /// <summary>Decides, for every call of the API, what goes wrong with it; <c>null</c> for nothing.</summary>
    public Func<ApiCall, ApiFault?> ApiFaults
    {
        get => router.Faults;
        set => router.Faults = value;
    }

    /// <summary>What really happened, in every session of every room, oldest first.</summary>
    public IReadOnlyList<RoomTruth> Rooms => rooms.Truths;

    /// <summary>A phone call arrives from a SIP trunk.</summary>
    public SipLeg PlaceCall(InboundSipCall call) => sip.Place(call);

    /// <summary>Somebody comes into a room with a token of their own.</summary>
    public Visit Come(string roomName, Visitor visitor) => visitors.Come(roomName, visitor);

    /// <summary>Somebody joins with a token, as a client of LiveKit's would; <c>null</c> where it is not good for joining now.</summary>
    /// <param name="token">The token: it says who they are, where they come to, and what they may do there.</param>
    /// <param name="behaviour">What they do; the token decides what of it they may.</param>
    public Visit? Join(string token, Visitor? behaviour = null)
    {
        if (!LiveKitToken.TryVerify(new LiveKitKeyring(Key), token, clock.GetUtcNow(), out var claims)
            || claims is not { Subject: { } identity, Grants: { RoomJoin: true, Room: { Length: > 0 } room } grants })
        {
            return null;
        }

        var visitor = behaviour ?? new Visitor(identity);
        return Come(room, visitor with
        {
            Identity = identity,
            Attributes = claims.Attributes,
            IsHidden = grants.Hidden,
            IsAgent = claims.Kind == LiveKitTokenClaims.Agent,
            SpeaksAfter = grants.CanPublish != false ? visitor.SpeaksAfter : null,
        });
    }

    /// <summary>A visitor leaves, by default because they want to. Nothing where they have left.</summary>
    public void Leave(Visit visit, string reason = LiveKitDisconnectReason.ClientInitiated) => visitors.Leave(visit, reason);

    /// <summary>An application of somebody else's dials a phone into a room.</summary>
    public Task DialAsync(string roomName, string number, string identity, Human human) =>
        outbound.DialAsync(new OutboundSipCall(outbound.NewCallId(), number, "", roomName, identity), human);

    /// <summary>Somebody else asks for an agent in a room.</summary>
    public void Dispatch(string roomName, string agentName) => rooms.DispatchAgent(roomName, new AgentRequest(agentName, ""));

    /// <summary>The server dies, and is back after a time.</summary>
    public Task CrashAsync(TimeSpan down) => crash.PlayAsync(down);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        webhooks.Dispose();
        leases.Dispose();
        reporter.Dispose();
        recorders.Stop();
        rooms.Stop();
        stopping.Dispose();
    }

    internal async Task StartAsync(SimulationTime time, CancellationToken cancellationToken) =>
        server = await LoopbackServer.StartAsync(
            time,
            context => context.WebSockets.IsWebSocketRequest && Sockets is { } serve ? serve(context) : router.HandleAsync(context),
            cancellationToken);
}
