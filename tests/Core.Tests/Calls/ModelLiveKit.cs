using System.Globalization;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using DispatchRow = VoiceFunctions.Core.LiveKit.LiveKitDispatch;
using Room = VoiceFunctions.Core.LiveKit.LiveKitRoom;

namespace VoiceFunctions.Core.Calls;

/// <summary>How a call to LiveKit goes wrong.</summary>
internal enum Trouble
{
    /// <summary>Turned away for good; nothing was done.</summary>
    Refused,

    /// <summary>Turned away; nothing was done.</summary>
    Unavailable,

    /// <summary>No answer, and nothing was done.</summary>
    LostRequest,

    /// <summary>No answer, although it was done.</summary>
    LostAnswer,

    /// <summary>No answer before the caller gives up, and nothing was done.</summary>
    HangsBefore,

    /// <summary>No answer before the caller gives up, although it was done.</summary>
    HangsAfter,
}

/// <summary>
/// LiveKit's API over a model of its rooms that behaves as the recorded server does: dispatches are not idempotent, open rooms that are gone, and say nothing about life; deleting a young one
/// leaves its agent inside; a room that is gone cannot be asked for its dispatches. What happens in the rooms is told to <see cref="Happened"/>.
/// </summary>
internal sealed class ModelLiveKit(TimeProvider clock) : ILiveKitApi
{
    private readonly Dictionary<string, ModelRoom> rooms = [];
    private readonly Dictionary<string, Queue<Trouble?>> script = [];
    private int created;

    /// <summary>Gets every event in the rooms, in the order in which they happen.</summary>
    public Action<CallFact, RoomSession> Happened { get; set; } = (_, _) => { };

    /// <summary>Runs work some time later; agents do not come without it.</summary>
    public Action<TimeSpan, Action>? Later { get; set; }

    /// <summary>How long a worker takes to bring its agent in; <c>null</c> where there is no worker.</summary>
    public TimeSpan? AgentDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Chance of trouble, asked for each call that has no script.</summary>
    public Func<string, Trouble?> Chance { get; set; } = _ => null;

    /// <summary>What was asked, by method.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The dispatches that were really made through the API.</summary>
    public List<(LiveKitDispatchRequest Request, DateTimeOffset At)> Made { get; } = [];

    /// <summary>The phones that were really dialled.</summary>
    public List<(LiveKitSipParticipantRequest Request, DateTimeOffset At)> Dialled { get; } = [];

    public IEnumerable<ModelRoom> Rooms => rooms.Values;

    /// <summary>The next calls of a method go wrong like this, <c>null</c> for one that does not.</summary>
    public void Script(string method, params Trouble?[] troubles)
    {
        var queue = script.TryGetValue(method, out var known) ? known : script[method] = new Queue<Trouble?>();
        Array.ForEach(troubles, queue.Enqueue);
    }

    public ModelRoom Open(string name, string? sid = null, bool withAgents = false)
    {
        if (!rooms.TryGetValue(name, out var room))
        {
            room = rooms[name] = new ModelRoom(name, sid ?? Id("RM"));
            if (!withAgents)
            {
                room.Dispatches.Add((new DispatchRow { Id = Id("AD"), Room = name }, DateTimeOffset.MinValue));
            }

            Happened(new CallFact.RoomStarted(), room.Session);
        }

        return room;
    }

    /// <summary>Somebody comes in; whoever was there under that identity is thrown out.</summary>
    public Leg Join(string name, Leg leg)
    {
        var room = Open(name);
        if (room.Inside.FirstOrDefault(other => other.Leg.Identity == leg.Identity) is { } other)
        {
            Leave(name, other.Leg.Sid, LiveKitDisconnectReason.DuplicateIdentity);
        }

        leg = leg with { Sid = leg.Sid.Length > 0 ? leg.Sid : Id("PA"), JoinedAtMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        room.Inside.Add(new ModelLeg(leg));
        Happened(new CallFact.LegJoined(leg), room.Session);
        return leg;
    }

    public void Publish(string name, string sid)
    {
        if (rooms.TryGetValue(name, out var room) && room.Find(sid) is { } inside)
        {
            inside.HasAudio = true;
            Happened(new CallFact.AudioPublished(sid, inside.Leg.Identity), room.Session);
        }
    }

    public void Leave(string name, string sid, string reason)
    {
        if (rooms.TryGetValue(name, out var room) && room.Find(sid) is { } inside)
        {
            room.Inside.Remove(inside);
            Happened(new CallFact.LegLeft(inside.Leg, reason), room.Session);
        }
    }

    public void Close(string name, string reason)
    {
        if (rooms.TryGetValue(name, out var room))
        {
            room.Inside.ToList().ForEach(inside => Leave(name, inside.Leg.Sid, reason));
            rooms.Remove(name);
            Happened(new CallFact.RoomFinished(), room.Session);
        }
    }

    public Task<LiveKitOutcome<IReadOnlyList<Room>>> ListRoomsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<Room>>(
        "ListRooms", () => [.. rooms.Values.Where(room => names.Count == 0 || names.Contains(room.Name)).Select(room => new Room { Name = room.Name, Sid = room.Session.Sid })], cancellationToken);

    public Task<LiveKitOutcome<Room>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) =>
        DoAsync("CreateRoom", () => new Room { Name = request.Name, Sid = Open(request.Name).Session.Sid }, cancellationToken);

    public Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) => DoAsync(
        "DeleteRoom",
        () =>
        {
            var there = rooms.ContainsKey(room);
            Close(room, LiveKitDisconnectReason.RoomDeleted);
            return there ? new LiveKitDone() : null;
        },
        cancellationToken);

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(string room, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<LiveKitParticipant>>(
        "ListParticipants", () => [.. (rooms.GetValueOrDefault(room)?.Inside ?? []).Select(inside => inside.AsParticipant())], cancellationToken);

    public Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken) => DoAsync(
        "RemoveParticipant",
        () =>
        {
            var inside = rooms.GetValueOrDefault(room)?.Inside.FirstOrDefault(inside => inside.Leg.Identity == identity);
            Leave(room, inside?.Leg.Sid ?? "", LiveKitDisconnectReason.ParticipantRemoved);
            return inside is null ? null : new LiveKitDone();
        },
        cancellationToken);

    public Task<LiveKitOutcome<DispatchRow>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken) => DoAsync(
        "CreateDispatch",
        () =>
        {
            Made.Add((request, clock.GetUtcNow()));
            return Dispatch(request.Room, request.AgentName, request.Metadata);
        },
        cancellationToken);

    public Task<LiveKitOutcome<IReadOnlyList<DispatchRow>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) => rooms.TryGetValue(room, out var known)
        ? ReadAsync<IReadOnlyList<DispatchRow>>("ListDispatches", () => [.. known.Dispatches.Select(listed => listed.Dispatch)], cancellationToken)
        : Gone<IReadOnlyList<DispatchRow>>("ListDispatches", new LiveKitOutcome<IReadOnlyList<DispatchRow>>.Unavailable(null));

    public Task<LiveKitOutcome<DispatchRow>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken) => rooms.TryGetValue(room, out var known)
        ? DoAsync("DeleteDispatch", () => TakeBack(known, dispatchId), cancellationToken)
        : Gone<DispatchRow>("DeleteDispatch", new LiveKitOutcome<DispatchRow>.Unknown(null));

    public Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(LiveKitSipParticipantRequest request, CancellationToken cancellationToken) => DoAsync(
        "CreateSipParticipant",
        () =>
        {
            Dialled.Add((request, clock.GetUtcNow()));
            var phone = Join(request.RoomName, new Leg("", request.ParticipantIdentity, LegRole.Human) { SipCallId = Id("SCL"), SipCallStatus = LiveKitSipCallStatus.Dialing });
            Publish(request.RoomName, phone.Sid);
            return new LiveKitSipParticipant(phone.Sid, phone.Identity, request.RoomName, phone.SipCallId!);
        },
        cancellationToken);

    /// <summary>The phone of a leg is answered; no webhook tells it.</summary>
    public void Answer(string name, string sid) => rooms[name].Find(sid)!.IsAnswered = true;

    /// <summary>Adds a dispatch as the API, a rule or a token does; a worker brings the agent.</summary>
    public DispatchRow Dispatch(string room, string agentName, string metadata = "")
    {
        var dispatch = new DispatchRow { Id = Id("AD"), Room = room, AgentName = agentName, Metadata = metadata };
        Open(room).Dispatches.Add((dispatch, clock.GetUtcNow()));
        if (AgentDelay is { } delay)
        {
            Later?.Invoke(delay, () => Bring(dispatch));
        }

        return dispatch;
    }

    private void Bring(DispatchRow dispatch)
    {
        if (rooms.TryGetValue(dispatch.Room, out var room) && room.Dispatches.Any(known => known.Dispatch.Id == dispatch.Id))
        {
            var agent = Join(room.Name, new Leg("", $"agent-{dispatch.Id}", LegRole.Agent) { AgentName = dispatch.AgentName });
            Later!(TimeSpan.FromMilliseconds(100), () => Publish(room.Name, agent.Sid));
        }
    }

    private DispatchRow? TakeBack(ModelRoom room, string dispatchId)
    {
        var (dispatch, at) = room.Dispatches.FirstOrDefault(known => known.Dispatch.Id == dispatchId);
        room.Dispatches.RemoveAll(known => known.Dispatch.Id == dispatchId);
        if (dispatch is not null && clock.GetUtcNow() - at > TimeSpan.FromSeconds(5))
        {
            room.Inside.Where(inside => inside.Leg.Identity == $"agent-{dispatchId}").ToList().ForEach(inside => Leave(room.Name, inside.Leg.Sid, LiveKitDisconnectReason.ParticipantRemoved));
        }

        return dispatch;
    }

    private Task<LiveKitOutcome<T>> Gone<T>(string method, LiveKitOutcome<T> outcome)
    {
        Asked.Add(method);
        return Task.FromResult(outcome);
    }

    private Task<LiveKitOutcome<T>> ReadAsync<T>(string method, Func<T> read, CancellationToken cancellationToken)
        where T : class => AnswerAsync(method, read, static () => new LiveKitOutcome<T>.Unavailable(null), cancellationToken);

    private Task<LiveKitOutcome<T>> DoAsync<T>(string method, Func<T?> act, CancellationToken cancellationToken)
        where T : class => AnswerAsync(method, act, static () => new LiveKitOutcome<T>.Unknown(null), cancellationToken);

    private async Task<LiveKitOutcome<T>> AnswerAsync<T>(string method, Func<T?> act, Func<LiveKitOutcome<T>> unclear, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Add(method);
        var trouble = script.TryGetValue(method, out var queue) && queue.TryDequeue(out var scripted) ? scripted : Chance(method);
        if (trouble is Trouble.HangsBefore)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }

        if (trouble is Trouble.Refused or Trouble.Unavailable or Trouble.LostRequest)
        {
            return trouble switch
            {
                Trouble.Refused => new LiveKitOutcome<T>.Refused(new LiveKitError("unauthenticated", "", LiveKitAttributes.None, 401)),
                Trouble.Unavailable => new LiveKitOutcome<T>.Unavailable(null),
                _ => unclear(),
            };
        }

        LiveKitOutcome<T> done = act() is { } value
            ? new LiveKitOutcome<T>.Ok(value)
            : new LiveKitOutcome<T>.NotFound(new LiveKitError("not_found", "", LiveKitAttributes.None, 404));
        if (trouble is Trouble.HangsAfter)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }

        return trouble is Trouble.LostAnswer ? unclear() : done;
    }

    private string Id(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{++created}");
}

/// <summary>One session of a room.</summary>
internal sealed class ModelRoom(string name, string sid)
{
    public string Name { get; } = name;

    public RoomSession Session { get; } = new(name, sid);

    public List<ModelLeg> Inside { get; } = [];

    public List<(DispatchRow Dispatch, DateTimeOffset At)> Dispatches { get; } = [];

    public IEnumerable<ModelLeg> Agents => Inside.Where(inside => inside.Leg.Role == LegRole.Agent);

    public ModelLeg? Find(string sid) => Inside.FirstOrDefault(inside => inside.Leg.Sid == sid);
}

/// <summary>Who is in a room.</summary>
internal sealed class ModelLeg(Leg leg)
{
    public Leg Leg { get; } = leg;

    public bool HasAudio { get; set; }

    public bool IsAnswered { get; set; }

    public LiveKitParticipant AsParticipant() => new()
    {
        Sid = Leg.Sid,
        Identity = Leg.Identity,
        State = LiveKitParticipantState.Active,
        JoinedAtMs = Leg.JoinedAtMs,
        Kind = Leg.Role switch
        {
            LegRole.Agent => LiveKitParticipantKind.Agent,
            LegRole.Caller or LegRole.Human or LegRole.DialledOut => LiveKitParticipantKind.Sip,
            LegRole.Recorder => LiveKitParticipantKind.Egress,
            _ => LiveKitParticipantKind.Standard,
        },
        Attributes = Leg.Role switch
        {
            LegRole.Caller => new Dictionary<string, string> { [LiveKitAttributes.SipRuleId] = "SDR_1" },
            LegRole.Human => new Dictionary<string, string> { [LiveKitAttributes.SipCallStatus] = IsAnswered ? LiveKitSipCallStatus.Active : LiveKitSipCallStatus.Ringing },
            _ => LiveKitAttributes.None,
        },
        Tracks = HasAudio ? [new LiveKitTrack { Sid = "TR_1" }] : [],
    };
}
