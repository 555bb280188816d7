using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Recorders;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.LiveKit.Webhooks;

namespace VoiceFunctions.Simulator.LiveKit.InMemory;

/// <summary>
/// The simulated LiveKit's rooms without its HTTP: each call is done and answered at once, on the thread that makes it. Rooms close when
/// their time is up; nothing else happens by itself: no worker brings an agent and nobody picks up a phone unless a test says so.
/// </summary>
public sealed class InMemoryLiveKit : ILiveKitApi
{
    private static readonly TimeSpan DepartureTimeout = TimeSpan.FromSeconds(20);

    private static readonly LiveKitError NoResponse = Error(503, "unavailable", "no response from servers");

    private readonly TimeProvider clock;
    private readonly Chance chance = new(1);
    private readonly RoomDirectory rooms;
    private readonly ApiWitness witness;
    private readonly EgressService recorders;

    /// <summary>An empty LiveKit.</summary>
    public InMemoryLiveKit(TimeProvider clock)
    {
        this.clock = clock;
        var log = new NetworkLog(clock, observer: null);
        rooms = new RoomDirectory(clock, chance, Tell, log, DepartureTimeout)
        {
            Dispatched = dispatch => Dispatched(InMemoryShapes.Of(dispatch)),
        };
        witness = new ApiWitness(rooms, clock);
        recorders = new EgressService(clock, chance, rooms, Tell, log);
    }

    /// <summary>Is given the body of every webhook at the moment at which it happens, in order.</summary>
    public Action<byte[]> Webhook { get; set; } = _ => { };

    /// <summary>Is told of every dispatch that has a worker's name: whoever plays the workers may <see cref="Bring"/> its agent.</summary>
    public Action<LiveKitDispatch> Dispatched { get; set; } = _ => { };

    /// <summary>The one trunk over which it can dial; <c>null</c> takes any.</summary>
    public string? OutboundTrunkId { get; init; }

    /// <summary>What the recorder of the how-manieth recording does, the first being 1. Default: all are good.</summary>
    public Func<int, RecorderBehaviour> Recorders
    {
        get => recorders.BehaviourOf;
        set => recorders.BehaviourOf = value;
    }

    /// <summary>The SIP status with which the phone network refuses transfers; <c>null</c> where it does them.</summary>
    public int? RefusesTransfersWith { get; set; }

    /// <summary>Whether a room is the gateway's by its name. Default: every one.</summary>
    public Func<string, bool> IsOurs
    {
        get => rooms.IsOurs;
        set => rooms.IsOurs = value;
    }

    /// <summary>Whether agents of a name are the gateway's. Default: all.</summary>
    public Func<string, bool> IsOwnAgent
    {
        get => rooms.IsOwnAgent;
        set => rooms.IsOwnAgent = value;
    }

    /// <summary>What really happened, in every session of every room, oldest first.</summary>
    public IReadOnlyList<RoomTruth> Truths => rooms.Truths;

    /// <summary>The rooms that live, oldest first.</summary>
    public IReadOnlyList<LiveKitRoom> Rooms => rooms.Read(all => all.Values.Select(InMemoryShapes.Of).ToArray());

    /// <summary>Who is in a room, in the order in which they joined; nobody where it does not live.</summary>
    public IReadOnlyList<LiveKitParticipant> In(string room) =>
        rooms.Read(room, known => known?.Participants.Select(InMemoryShapes.Of).ToArray() ?? []);

    /// <summary>The dispatches of a room, oldest first; none where it does not live.</summary>
    public IReadOnlyList<LiveKitDispatch> DispatchesIn(string room) =>
        rooms.Read(room, known => known?.Dispatches.Select(InMemoryShapes.Of).ToArray() ?? []);

    /// <summary>Opens a room with what is given of its sid, metadata and timeouts, or finds the one of that name as it is.</summary>
    public LiveKitRoom Open(LiveKitRoom room) => InMemoryShapes.Of(rooms.Open(room.Name, InMemoryShapes.SettingsOf(room)));

    /// <summary>Somebody comes into a room, which is opened if need be. A sid is made where none is given.</summary>
    public LiveKitParticipant Join(string room, LiveKitParticipant who)
    {
        var joined = who with
        {
            Sid = who.Sid.Length > 0 ? who.Sid : chance.Id("PA_"),
            JoinedAtMs = who.JoinedAtMs > 0 ? who.JoinedAtMs : clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return InMemoryShapes.Of(rooms.Enter(room, RoomSettings.Default, session => InMemoryShapes.Of(joined, session)));
    }

    /// <summary>
    /// A worker takes the job of a dispatch, and its agent joins; <c>null</c> where the room has ended or the dispatch was taken back.
    /// </summary>
    public LiveKitParticipant? Bring(LiveKitDispatch dispatch)
    {
        if (rooms.Read(dispatch.Room, room => room?.Dispatches.Find(known => known.Id == dispatch.Id)) is not { } asked)
        {
            return null;
        }

        var job = chance.Id("AJ_");
        var agent = new LiveKitParticipant
        {
            Sid = chance.Id("PA_"),
            Identity = $"agent-{job}",
            Kind = LiveKitParticipantKind.Agent,
            JoinedAtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Attributes = new Dictionary<string, string> { [LiveKitAttributes.AgentName] = dispatch.AgentName },
        };
        if (rooms.Join(asked.Room, session => InMemoryShapes.Of(agent, session)) is not { } joined)
        {
            return null;
        }

        rooms.Change(() => (asked.Agent, asked.Job) = (joined, new Job(job, joined.Identity, "AW_InMemory", clock.GetUtcNow())));
        return InMemoryShapes.Of(joined);
    }

    /// <summary>Somebody's audio is there. Nothing where they have left.</summary>
    public void Publish(string room, string sid, string? track = null) =>
        With(room, sid, who => rooms.Publish(who, who.Identity, "audio/opus", track));

    /// <summary>Somebody's audio is there no longer: one track, or all where none is named.</summary>
    public void Unpublish(string room, string sid, string? track = null) => With(room, sid, who => rooms.Unpublish(who, track));

    /// <summary>A dialled phone is picked up; no webhook tells it.</summary>
    public void PickUp(string room, string sid) => With(room, sid, phone => rooms.Answer(
        phone, [new(LiveKitAttributes.SipCallStatus, LiveKitSipCallStatus.Active)]));

    /// <summary>Somebody leaves. Nothing where they have left.</summary>
    public void Leave(string room, string sid, string reason) => With(room, sid, who => rooms.Leave(who, reason));

    /// <summary>A room ends for everybody in it. Nothing where it does not live.</summary>
    public void Close(string room, string reason) => rooms.Close(room, reason);

    /// <summary>
    /// The server dies and is back at once: all join again with other sids, but those who hung up meanwhile. These are listed for ever, and
    /// cannot be reached.
    /// </summary>
    /// <param name="gone">The sids of those who hung up.</param>
    public void Crash(IReadOnlyCollection<string> gone)
    {
        rooms.Die();
        foreach (var ghost in rooms.Read(all =>
            all.Values.SelectMany(room => room.Participants).Where(who => gone.Contains(who.Sid)).ToArray()))
        {
            rooms.Leave(ghost, LiveKitDisconnectReason.ClientInitiated);
        }

        foreach (var lost in rooms.Revive())
        {
            rooms.Rejoin(lost);
        }
    }

    /// <summary>A rule or a token asks for an agent, in a room that is opened if need be.</summary>
    public LiveKitDispatch Dispatch(string room, string agentName, string metadata = "") =>
        InMemoryShapes.Of(rooms.DispatchAgent(room, new AgentRequest(agentName, metadata)));

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        AskAsync(
            "ListRooms",
            names,
            () => Ok<IReadOnlyList<LiveKitRoom>>([.. Rooms.Where(room => names.Count == 0 || names.Contains(room.Name))]),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) =>
        AskAsync(
            "CreateRoom",
            [request.Name],
            () => Ok(InMemoryShapes.Of(rooms.Open(request.Name, InMemoryShapes.SettingsOf(request)))),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) => AskAsync(
        "DeleteRoom",
        [room],
        () =>
        {
            witness.Deletes(room);
            return rooms.Close(room, LiveKitDisconnectReason.RoomDeleted)
                ? Ok(new LiveKitDone())
                : NotFound<LiveKitDone>("requested room does not exist");
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        AskAsync("ListParticipants", [room], () => Ok(In(room)), cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> ReachParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        AskAsync(
            "ReachParticipant",
            [room],
            () => rooms.Read(room, known => known?.Find(identity)) is { } there
                ? there.IsHeld ? Ok(new LiveKitDone()) : new LiveKitOutcome<LiveKitDone>.Unavailable(NoResponse)
                : NotFound<LiveKitDone>("participant does not exist"),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        AskAsync(
            "RemoveParticipant",
            [room],
            () =>
            {
                if (rooms.Read(room, known => known?.Find(identity)) is not { } there)
                {
                    return NotFound<LiveKitDone>("participant does not exist");
                }

                witness.PutsOut(there);
                rooms.Leave(there, LiveKitDisconnectReason.ParticipantRemoved);
                return Ok(new LiveKitDone());
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDone>> MuteTrackAsync(
        string room, string identity, string trackSid, CancellationToken cancellationToken) =>
        AskAsync(
            "MuteTrack",
            [room],
            () => rooms.Read(room, known => known?.Find(identity)) is { } there && rooms.Mute(there, trackSid)
                ? Ok(new LiveKitDone())
                : NotFound<LiveKitDone>("track does not exist"),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitTransfer>> TransferSipParticipantAsync(
        LiveKitTransferRequest request, CancellationToken cancellationToken) => AskAsync(
        "TransferSipParticipant",
        [request.RoomName],
        () => rooms.Read(request.RoomName, known => known?.Find(request.ParticipantIdentity)) is { } phone
            ? Transfer(phone)
            : NotFound<LiveKitTransfer>("participant does not exist"),
        cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken) =>
        AskAsync(
            "CreateDispatch",
            [request.Room],
            () =>
            {
                witness.Dispatches(request.Room, request.AgentName);
                return Ok(Dispatch(request.Room, request.AgentName, request.Metadata));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) =>
        AskAsync(
            "ListDispatches",
            [room],
            () => rooms.Read(room, known => known is null)
                ? new LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Unavailable(NoResponse)
                : Ok(DispatchesIn(room)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken) =>
        AskAsync(
            "DeleteDispatch",
            [room],
            () => rooms.Read(room, known => known) is not { } live ? new LiveKitOutcome<LiveKitDispatch>.Unknown(NoResponse)
                : rooms.Withdraw(live, dispatchId) is { } deleted ? Ok(InMemoryShapes.Of(deleted))
                : NotFound<LiveKitDispatch>("dispatch ID not found"),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken) => AskAsync(
        "CreateSipParticipant",
        [request.RoomName],
        () => OutboundTrunkId is { } trunk && trunk != request.SipTrunkId
            ? NotFound<LiveKitSipParticipant>("requested sip trunk does not exist")
            : Ok(Dial(request)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitEgress>> StartEgressAsync(LiveKitEgressRequest request, CancellationToken cancellationToken) =>
        AskAsync(
            "StartEgress",
            [request.Room],
            () => rooms.Read(request.Room, known => known is null) ? NotFound<LiveKitEgress>("requested room does not exist")
                : !recorders.IsBusy && recorders.Start(InMemoryShapes.OrderOf(request)) is { } started ? Ok(InMemoryShapes.Of(started))
                : new LiveKitOutcome<LiveKitEgress>.Unknown(NoResponse),
            cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<LiveKitEgress>> StopEgressAsync(string egressId, CancellationToken cancellationToken) => AskAsync(
        "StopEgress",
        [],
        () => recorders.Stop(egressId, out var stopped) switch
        {
            EgressRefusal.Unknown => NotFound<LiveKitEgress>("egress not found"),
            EgressRefusal.Over => new LiveKitOutcome<LiveKitEgress>.Refused(
                Error(412, "failed_precondition", $"egress with status {stopped!.Status} cannot be stopped")),
            _ => Ok(InMemoryShapes.Of(stopped!)),
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitEgress>>> ListEgressAsync(string room, CancellationToken cancellationToken) =>
        AskAsync(
            "ListEgress",
            [room],
            () => Ok<IReadOnlyList<LiveKitEgress>>([.. recorders.List(room, "", isActive: false).Select(InMemoryShapes.Of)]),
            cancellationToken);

    /// <summary>The participant is in the room and publishes audio long before anybody picks up, if ever.</summary>
    private LiveKitSipParticipant Dial(LiveKitSipParticipantRequest request)
    {
        var call =
            new OutboundSipCall(chance.Id("SCL_"), request.CallTo, request.From ?? "", request.RoomName, request.ParticipantIdentity);
        var phone = Join(request.RoomName, new LiveKitParticipant
        {
            Identity = call.Identity,
            Kind = LiveKitParticipantKind.Sip,
            Name = request.ParticipantName ?? "",
            Attributes = call.Attributes(request.SipTrunkId),
        });
        Publish(request.RoomName, phone.Sid);
        return new LiveKitSipParticipant(phone.Sid, phone.Identity, request.RoomName, call.CallId);
    }

    /// <summary>A phone that was given to somebody else leaves like one that hangs up.</summary>
    private LiveKitOutcome<LiveKitTransfer> Transfer(Participant phone)
    {
        if (RefusesTransfersWith is { } status)
        {
            var meta = new Dictionary<string, string> { ["sip_status_code"] = $"{status}" };
            return new LiveKitOutcome<LiveKitTransfer>.Unknown(new LiveKitError("internal", "transfer failed", meta, 500));
        }

        rooms.Change(() => phone.Attributes[LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Hangup);
        rooms.Leave(phone, LiveKitDisconnectReason.ClientInitiated);
        return Ok(new LiveKitTransfer(""));
    }

    private void With(string room, string sid, Action<Participant> act)
    {
        if (rooms.Read(room, known => known?.Participants.Find(participant => participant.Sid == sid)) is { } there)
        {
            act(there);
        }
    }

    private void Tell(WebhookMessage message)
    {
        Webhook(message.Body(chance.Id("EV_"), clock.GetUtcNow().ToUnixTimeSeconds()));
        message.Delivered?.Invoke(clock.GetUtcNow());
    }

    private Task<LiveKitOutcome<T>> AskAsync<T>(
        string method, IReadOnlyList<string> about, Func<LiveKitOutcome<T>> act, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<LiveKitOutcome<T>>(cancellationToken);
        }

        foreach (var room in about)
        {
            witness.Asks(method, room);
        }

        return Task.FromResult(act());
    }

    private static LiveKitOutcome<T> Ok<T>(T value) => new LiveKitOutcome<T>.Ok(value);

    private static LiveKitOutcome<T> NotFound<T>(string message) => new LiveKitOutcome<T>.NotFound(Error(404, "not_found", message));

    private static LiveKitError Error(int status, string code, string message) => new(code, message, LiveKitAttributes.None, status);
}
