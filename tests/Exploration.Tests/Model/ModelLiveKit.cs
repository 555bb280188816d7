using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// LiveKit's rooms as the recorded server keeps them: a dispatch or a join opens a room that is not there; dispatches are not
/// idempotent, say nothing about life, and leave their agent inside when they are deleted young; agents do not keep a room open;
/// whatever happens goes out as a webhook.
/// </summary>
internal sealed class ModelLiveKit(CallWorld world)
{
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Departure = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Follows = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Empty = TimeSpan.FromSeconds(300);

    private readonly Dictionary<string, ModelRoom> rooms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ModelRoom> Rooms => rooms.Values;

    private Schedule Schedule => world.Schedule;

    public ModelRoom? Find(string name) => rooms.GetValueOrDefault(name);

    public ModelRoom Open(string name) => Open(new LiveKitRoomRequest(name));

    /// <summary>Opens a room, or finds the one of that name as it is.</summary>
    public ModelRoom Open(LiveKitRoomRequest request)
    {
        var name = request.Name;
        if (!rooms.TryGetValue(name, out var room))
        {
            room = rooms[name] = new ModelRoom(new LiveKitRoom
            {
                Name = name,
                Sid = Id("RM", name),
                Metadata = request.Metadata,
                EmptyTimeoutSeconds = (long)(request.EmptyTimeout ?? Empty).TotalSeconds,
                DepartureTimeoutSeconds = (long)(request.DepartureTimeout ?? Departure).TotalSeconds,
            });
            room.Dispatches.Add(new ModelDispatch(new LiveKitDispatch { Id = Id("AD", name), Room = name }, DateTimeOffset.MinValue));
            world.Webhooks.Send(room, "room_started", null);
            CloseAfter(room, room.Listed.EmptyTimeoutSeconds);
        }

        return room;
    }

    /// <summary>Somebody comes into a room, which is opened where it is not there; whoever has the same identity is thrown out.</summary>
    public ModelGuest Join(
        string name, string sid, string identity, GuestKind kind, LiveKitDispatch? dispatch = null, string master = "")
    {
        var room = Open(name);
        Leave(name, room.Inside.Find(other => other.Identity == identity), LiveKitDisconnectReason.DuplicateIdentity);
        var guest = new ModelGuest(sid, identity, kind, Schedule.Now.ToUnixTimeMilliseconds()) { Dispatch = dispatch, Master = master };
        room.Inside.Add(guest);
        if (!guest.IsMachine)
        {
            Schedule.Cancel(room.Closing!);
        }

        world.Webhooks.Send(room, "participant_joined", guest);
        world.Witness.RoomChanged(room);
        return guest;
    }

    public void Publish(string name, ModelGuest guest)
    {
        if (Find(name) is { } room && room.Inside.Contains(guest) && !guest.HasAudio)
        {
            (guest.HasAudio, guest.IsMuted) = (true, false);
            world.Webhooks.Send(room, "track_published", guest);
            world.Witness.RoomChanged(room);
        }
    }

    public void Unpublish(string name, ModelGuest guest)
    {
        if (Find(name) is { } room && room.Inside.Contains(guest) && guest.HasAudio)
        {
            guest.HasAudio = false;
            world.Webhooks.Send(room, "track_unpublished", guest);
            world.Witness.RoomChanged(room);
        }
    }

    /// <summary>What somebody publishes is muted; no webhook tells of it. False where there is nothing to mute.</summary>
    public bool Mute(string name, ModelGuest? guest)
    {
        if (guest is not { HasAudio: true } || Find(name) is not { } room || !room.Inside.Contains(guest))
        {
            return false;
        }

        guest.IsMuted = true;
        world.Witness.RoomChanged(room);
        return true;
    }

    /// <summary>Nothing is behind a participant any more, and LiveKit does not know it yet.</summary>
    public void Die(string name, ModelGuest guest)
    {
        guest.IsDead = true;
        if (Find(name) is { } room)
        {
            world.Witness.RoomChanged(room);
        }
    }

    /// <summary>
    /// The server dies and is back at once: the session is revived under its sid, the agents are back under other sids, and the callers,
    /// who hung up meanwhile, are listed for ever. Of nobody's leaving a webhook tells.
    /// </summary>
    public void Crash(string name)
    {
        if (Find(name) is not { } room)
        {
            return;
        }

        var before = room.Inside.ToList();
        before.FindAll(guest => guest.Kind == GuestKind.Caller).ForEach(ghost => ghost.IsDead = true);
        world.Webhooks.Send(room, "room_started", null);
        foreach (var agent in before.Where(guest => guest.Kind == GuestKind.Agent))
        {
            room.Inside.Remove(agent);
            var back = new ModelGuest(Id(agent.Sid, name), agent.Identity, agent.Kind, Schedule.Now.ToUnixTimeMilliseconds())
            {
                Dispatch = agent.Dispatch,
            };
            room.Inside.Add(back);
            world.Webhooks.Send(room, "participant_joined", back);
            Publish(name, back);
        }

        world.Witness.RoomChanged(room);
    }

    public bool Leave(string name, ModelGuest? guest, string reason)
    {
        if (guest is null || Find(name) is not { } room || !room.Inside.Remove(guest))
        {
            return false;
        }

        var told = world.Webhooks.Send(room, "participant_left", guest, reason);
        world.Witness.GuestLeft(guest, reason, told);
        world.Witness.RoomChanged(room);
        if (guest.Sid == CallWorld.CallerSid)
        {
            world.Twilio?.CallerLeft(reason);
        }

        foreach (var avatar in room.Inside.Where(other => other.Master == guest.Identity))
        {
            world.After(Follows, $"{avatar.Sid} goes too", [], _ => Leave(name, avatar, LiveKitDisconnectReason.ClientInitiated));
        }

        if (!guest.IsMachine && !room.HasPeople)
        {
            CloseAfter(room, room.Listed.DepartureTimeoutSeconds);
        }

        return true;
    }

    public bool Close(string name, string reason)
    {
        if (Find(name) is not { } room)
        {
            return false;
        }

        world.Recorders.Closes(room);
        room.Inside.ToList().ForEach(guest => Leave(name, guest, reason));
        Schedule.Cancel(room.Closing!);
        rooms.Remove(name);
        world.Webhooks.Send(room, "room_finished", null);
        world.Witness.RoomClosed(room);
        return true;
    }

    public LiveKitDispatch Dispatch(string roomName, string agentName, string metadata)
    {
        var dispatch = new LiveKitDispatch { Id = Id("AD", roomName), Room = roomName, AgentName = agentName, Metadata = metadata };
        Open(roomName).Dispatches.Add(new ModelDispatch(dispatch, Schedule.Now));
        world.Workers.Take(dispatch);
        return dispatch;
    }

    /// <summary>A phone is dialled into a room; its audio is there at once, though nobody has picked up.</summary>
    public ModelGuest Dial(string name, string identity, GuestKind kind)
    {
        var human = Join(name, Id($"PA_{kind}", name), identity, kind);
        Publish(name, human);
        return human;
    }

    /// <summary>The phone of a dialled human is picked up. No webhook tells of it.</summary>
    public void PickUp(string name, ModelGuest human)
    {
        if (Find(name) is { } room && room.Inside.Contains(human))
        {
            human.HasAnswered = true;
            world.Witness.RoomChanged(room);
        }
    }

    public LiveKitDispatch? TakeBack(ModelRoom room, string dispatchId)
    {
        var known = room.Dispatches.Find(dispatch => dispatch.Listed.Id == dispatchId);
        if (known is null)
        {
            return null;
        }

        room.Dispatches.Remove(known);
        if (Schedule.Now - known.At > Young)
        {
            room.Agents.Where(agent => agent.Dispatch!.Id == dispatchId)
                .ToList()
                .ForEach(agent => Leave(room.Name, agent, LiveKitDisconnectReason.ParticipantRemoved));
        }

        return known.Listed;
    }

    /// <summary>The next id of a kind; counted by room, so that what has nothing to do with each other can happen in any order.</summary>
    public string Id(string kind, string owner)
    {
        var key = $"{kind}_{owner}";
        var count = counts.GetValueOrDefault(key) + 1;
        counts[key] = count;
        return $"{kind}_{count}";
    }

    public ulong Print()
    {
        var print = 0UL;
        foreach (var room in rooms.Values)
        {
            print += room.Print();
        }

        return print;
    }

    private void CloseAfter(ModelRoom room, long seconds)
    {
        if (room.Closing is { } before)
        {
            Schedule.Cancel(before);
        }

        room.Closing = Schedule.Set(new Alarm(
            Schedule.Now + TimeSpan.FromSeconds(seconds),
            $"{room.Sid} closes",
            Fingerprint.Of(room.Sid),
            () => Close(room.Name, LiveKitDisconnectReason.RoomClosed)));
    }
}
