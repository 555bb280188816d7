using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Webhooks;

namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>All rooms, and the rules of what happens in them. Every change is one step under one lock, and tells the webhooks.</summary>
internal sealed partial class RoomDirectory(
    TimeProvider clock, Chance chance, Action<WebhookMessage> tell, NetworkLog log, TimeSpan departureTimeout)
{
    /// <summary>How long an agent has to leave after its dispatch was deleted.</summary>
    private static readonly TimeSpan Termination = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Room> rooms = new(StringComparer.Ordinal);
    private readonly List<RoomTruth> truths = [];

    /// <summary>Called, under the lock, for every dispatch that somebody asked for.</summary>
    public Action<Dispatch> Dispatched { get; set; } = _ => { };

    /// <summary>Whether a room is the gateway's by its name. Default: every one.</summary>
    public Func<string, bool> IsOurs { get; set; } = _ => true;

    /// <summary>Whether agents of a name are the gateway's. Default: all.</summary>
    public Func<string, bool> IsOwnAgent { get; set; } = _ => true;

    public IReadOnlyList<RoomTruth> Truths => Read(_ => truths.ToArray());

    /// <summary>Looks at a room, or at nothing where there is none of that name, while nothing changes.</summary>
    public T Read<T>(string name, Func<Room?, T> read) => Read(all => read(all.GetValueOrDefault(name)));

    /// <summary>Looks at all rooms while nothing changes.</summary>
    public T Read<T>(Func<IReadOnlyDictionary<string, Room>, T> read)
    {
        lock (gate)
        {
            return read(rooms);
        }
    }

    /// <summary>Finds the room that lives, as it is, or opens it.</summary>
    public Room Open(string name, RoomSettings settings)
    {
        lock (gate)
        {
            if (rooms.TryGetValue(name, out var living))
            {
                return living;
            }

            var timeout = settings.DepartureTimeout > 0 ? settings.DepartureTimeout : (int)departureTimeout.TotalSeconds;
            var room = new Room(
                name,
                settings.Sid ?? chance.Id("RM_"),
                chance.Id("turn", 44)[4..],
                clock.GetUtcNow(),
                settings with { DepartureTimeout = timeout },
                !IsOurs(name));
            rooms.Add(name, room);
            truths.Add(room.Truth);
            log.Tell("livekit", $"opened the room {name}");
            tell(WebhookMessage.OfRoom("room_started", room));
            CloseAfter(room, room.Settings.EmptyTimeout);
            if (settings.Agents.Count == 0)
            {
                // As a LiveKit server does for agents without a name; nobody answers to it here.
                room.Dispatches.Add(new Dispatch(chance.Id("AD_"), room, new AgentRequest("", ""), clock.GetUtcNow()));
            }

            foreach (var agent in settings.Agents)
            {
                AddDispatch(room, agent);
            }

            return room;
        }
    }

    /// <summary>Asks for an agent, in a room that is opened where there is none. Every call asks for one more.</summary>
    public Dispatch DispatchAgent(string roomName, AgentRequest request)
    {
        lock (gate)
        {
            var room = Open(roomName, RoomSettings.Default);
            log.Tell("livekit", $"is asked for the agent {request.AgentName} in {roomName}");
            return AddDispatch(room, request);
        }
    }

    /// <summary>
    /// Takes a dispatch back; <c>null</c> where the room has none of that id. An agent whose job is on record by then is put out a little
    /// later; one whose job is not stays for good.
    /// </summary>
    public Dispatch? Withdraw(Room room, string dispatchId)
    {
        lock (gate)
        {
            if (room.Dispatches.Find(dispatch => dispatch.Id == dispatchId) is not { } deleted)
            {
                return null;
            }

            room.Dispatches.Remove(deleted);
            if (deleted is { Agent: { } agent } && deleted.JobAt(clock.GetUtcNow()) is not null)
            {
                agent.Termination = clock.CreateTimer(
                    _ => Leave(agent, LiveKitDisconnectReason.ParticipantRemoved), null, Termination, Timeout.InfiniteTimeSpan);
            }

            return deleted;
        }
    }

    /// <summary>Lets somebody into a room that is opened where there is none.</summary>
    public Participant Enter(string roomName, RoomSettings settings, Func<Room, Participant> make)
    {
        lock (gate)
        {
            return Join(Open(roomName, settings), make)!;
        }
    }

    /// <summary>
    /// Lets somebody in. Whoever has the same identity is thrown out. Nobody gets into a session that has ended: <c>null</c>.
    /// </summary>
    public Participant? Join(Room room, Func<Room, Participant> make)
    {
        lock (gate)
        {
            if (room.Truth.FinishedAt is not null)
            {
                return null;
            }

            var participant = make(room);
            participant.Part = TruthNotes.PartOf(participant, IsOwnAgent);
            if (room.Find(participant.Identity) is { } earlier)
            {
                Remove(earlier, LiveKitDisconnectReason.DuplicateIdentity);
            }

            room.Participants.Add(participant);
            if (room.IsKeptOpen)
            {
                room.Idle?.Dispose();
            }

            TruthNotes.Joined(participant, clock.GetUtcNow());
            tell(WebhookMessage.OfParticipant("participant_joined", participant));
            return participant;
        }
    }

    /// <summary>Somebody's connection breaks off before they are in the room, which is opened where there is none.</summary>
    public void Abort(string roomName, RoomSettings settings, Func<Room, Participant> make)
    {
        lock (gate)
        {
            var participant = make(Open(roomName, settings));
            participant.DisconnectReason = LiveKitDisconnectReason.SignalClose;
            tell(WebhookMessage.OfParticipant(LiveKitEventName.ParticipantConnectionAborted, participant));
        }
    }

    /// <summary>A participant's audio is there. Nothing where it has left. A sid is made where none is given.</summary>
    public void Publish(Participant participant, string trackName, string mimeType, string? sid = null)
    {
        lock (gate)
        {
            if (participant.DisconnectReason is not null || !participant.IsLive)
            {
                return;
            }

            var mid = participant.Kind == ParticipantKind.Agent ? "7" : "0";
            var track = new Track(
                sid ?? chance.Id("TR_AM", 12),
                trackName,
                mimeType,
                mid,
                "audio",
                clock.GetUtcNow().Ticks / 10 - DateTimeOffset.UnixEpoch.Ticks / 10);
            participant.Tracks.Add(track);
            participant.HasPublished = true;
            participant.Version += 2;
            tell(WebhookMessage.OfTrack("track_published", participant, track));
            TellOthers(participant);
        }
    }

    /// <summary>A participant's audio is there no longer: one track, or all where none is named.</summary>
    public void Unpublish(Participant participant, string? sid = null)
    {
        lock (gate)
        {
            foreach (var track in participant.Tracks.Where(track => sid is null || track.Sid == sid).ToArray())
            {
                participant.Tracks.Remove(track);
                participant.Version++;
                tell(WebhookMessage.OfTrack("track_unpublished", participant, track));
            }

            TellOthers(participant);
        }
    }

    /// <summary>The server mutes a track; no webhook tells of it. False where the participant has none of that sid.</summary>
    public bool Mute(Participant participant, string sid)
    {
        lock (gate)
        {
            var isThere = participant.Mute(sid);
            TellOthers(participant);
            return isThere;
        }
    }

    /// <summary>A dialled phone is answered: its owner can be heard. Nothing where it has left.</summary>
    public void Answer(Participant phone, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        lock (gate)
        {
            if (phone.DisconnectReason is not null)
            {
                return;
            }

            phone.PickUp(attributes);
            phone.Room.Truth.PhoneAnsweredAt ??= clock.GetUtcNow();
            TellOthers(phone);
        }
    }

    /// <summary>A participant's process dies without a word: nobody hears it any more, and the server notices later.</summary>
    public void Die(Participant participant)
    {
        lock (gate)
        {
            participant.IsLive = false;
            participant.Truth?.GoneAt ??= clock.GetUtcNow();
            TellOthers(participant);
        }
    }

    /// <summary>A participant leaves or is put out. Nothing where it has left already.</summary>
    public void Leave(Participant participant, string reason)
    {
        lock (gate)
        {
            if (participant.DisconnectReason is not null)
            {
                return;
            }

            if (IsDead)
            {
                Lose(participant, reason);
            }
            else
            {
                Remove(participant, reason);
            }
        }
    }

    /// <summary>Ends a room for everybody in it. False where it does not live.</summary>
    public bool Close(string name, string reason)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(name, out var room))
            {
                return false;
            }

            CloseNow(room, reason);
            return true;
        }
    }

    /// <summary>Changes something of a room or of who is in it, in one step.</summary>
    public void Change(Action change)
    {
        lock (gate)
        {
            change();
        }
    }

    /// <summary>Stops the clocks of all rooms.</summary>
    public void Stop()
    {
        lock (gate)
        {
            foreach (var room in rooms.Values)
            {
                room.Idle?.Dispose();
                room.Participants.ForEach(participant => participant.Termination?.Dispose());
            }
        }
    }

    private Dispatch AddDispatch(Room room, AgentRequest request)
    {
        var dispatch = new Dispatch(chance.Id("AD_"), room, request, clock.GetUtcNow());
        room.Dispatches.Add(dispatch);
        if (IsOwnAgent(request.AgentName))
        {
            room.Truth.Dispatches++;
            room.Truth.DispatchedAt = [.. room.Truth.DispatchedAt, dispatch.CreatedAt];
            room.Truth.AgentNames = [.. room.Truth.AgentNames, dispatch.AgentName];
        }

        Dispatched(dispatch);
        return dispatch;
    }

    private void Remove(Participant participant, string reason)
    {
        var room = participant.Room;
        room.Participants.Remove(participant);
        if (participant.Left.IsCompleted)
        {
            // A ghost: it left while the server was dead.
            participant.DisconnectReason = reason;
            return;
        }

        foreach (var track in participant.Tracks)
        {
            tell(WebhookMessage.OfTrack("track_unpublished", participant, track));
        }

        participant.Termination?.Dispose();
        participant.Leaving?.Invoke(reason);
        participant.Tracks.Clear();
        participant.DisconnectReason = reason;
        participant.IsLive = false;
        participant.Version++;
        TruthNotes.Left(participant, clock.GetUtcNow());
        tell(WebhookMessage.OfParticipant("participant_left", participant) with
        {
            Delivered = participant.Part == TruePart.Caller ? at => Change(() => room.Truth.CallerLeftToldAt = at) : null,
        });
        participant.TellLeft(reason);
        TellOthers(participant);
        if (participant.KeepsRoomOpen && !room.IsKeptOpen && rooms.ContainsValue(room))
        {
            CloseAfter(room, room.Settings.DepartureTimeout);
        }
    }

    private void TellOthers(Participant participant)
    {
        TruthNotes.Heard(participant, clock.GetUtcNow());
        foreach (var other in participant.Room.Participants.ToArray())
        {
            if (other != participant)
            {
                other.RoomChanged?.Invoke();
            }
        }
    }

    private void CloseAfter(Room room, int seconds)
    {
        room.Idle?.Dispose();
        room.Idle = clock.CreateTimer(_ => CloseIfIdle(room), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    private void CloseIfIdle(Room room)
    {
        lock (gate)
        {
            if (room.Truth.FinishedAt is null && !room.IsKeptOpen)
            {
                CloseNow(room, LiveKitDisconnectReason.RoomClosed);
            }
        }
    }

    private void CloseNow(Room room, string reason)
    {
        rooms.Remove(room.Name);
        room.Idle?.Dispose();
        foreach (var participant in room.Participants.ToArray())
        {
            Remove(participant, reason);
        }

        room.Truth.FinishedAt = clock.GetUtcNow();
        log.Tell("livekit", $"closed the room {room.Name}: {reason}");
        tell(WebhookMessage.OfRoom("room_finished", room));
    }
}
