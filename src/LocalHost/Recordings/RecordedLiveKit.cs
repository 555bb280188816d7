using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Webhooks;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>
/// LiveKit as a recording shows it: who is in which room follows from the webhooks so far, and everything that is asked of it is done.
/// </summary>
internal sealed class RecordedLiveKit : ILiveKitApi
{
    private readonly Dictionary<string, LiveKitRoom> rooms = [];
    private readonly Dictionary<(string Room, string Sid), LiveKitParticipant> participants = [];
    private readonly List<LiveKitDispatch> dispatches = [];

    /// <summary>A webhook of the recording: this has just happened.</summary>
    public void Happened(ReadOnlySpan<byte> body)
    {
        if (!LiveKitWebhookParser.TryParse(body, out var webhook) || webhook.Room is not { Name: var name } room)
        {
            return;
        }

        if (webhook.Event == LiveKitEventName.RoomFinished)
        {
            Close(name);
            return;
        }

        if (rooms.TryGetValue(name, out var known) && known.Sid != room.Sid)
        {
            Close(name);
        }

        rooms.TryAdd(name, room);
        if (webhook.Participant is { } participant)
        {
            Happened(webhook, name, participant);
        }
    }

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        Yes<IReadOnlyList<LiveKitRoom>>([.. rooms.Values.Where(room => names.Count == 0 || names.Contains(room.Name))]);

    public Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken)
    {
        rooms.TryAdd(request.Name, new LiveKitRoom { Name = request.Name, Sid = $"RM_{rooms.Count}" });
        return Yes(rooms[request.Name]);
    }

    public Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken)
    {
        Close(room);
        return Yes(new LiveKitDone());
    }

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        Yes<IReadOnlyList<LiveKitParticipant>>([.. participants.Where(entry => entry.Key.Room == room).Select(entry => entry.Value)]);

    public Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken)
    {
        foreach (var key in participants.Where(entry => entry.Key.Room == room && entry.Value.Identity == identity)
            .Select(entry => entry.Key)
            .ToList())
        {
            participants.Remove(key);
        }

        return Yes(new LiveKitDone());
    }

    public Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken)
    {
        var dispatch = new LiveKitDispatch
        {
            Id = $"AD_replay{dispatches.Count + 1}",
            AgentName = request.AgentName,
            Room = request.Room,
            Metadata = request.Metadata,
        };
        dispatches.Add(dispatch);
        return Yes(dispatch);
    }

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) =>
        Yes<IReadOnlyList<LiveKitDispatch>>([.. dispatches.Where(dispatch => dispatch.Room == room)]);

    public Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken)
    {
        var dispatch = dispatches.FirstOrDefault(known => known.Id == dispatchId) ?? new LiveKitDispatch { Id = dispatchId, Room = room };
        dispatches.Remove(dispatch);
        return Yes(dispatch);
    }

    /// <summary>A phone that a recording has no part of: it joins, and nobody ever picks it up.</summary>
    public Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken)
    {
        var phone = new LiveKitParticipant
        {
            Sid = $"PA_replay{participants.Count + 1}",
            Identity = request.ParticipantIdentity,
            Kind = LiveKitParticipantKind.Sip,
            State = LiveKitParticipantState.Active,
            Attributes = new Dictionary<string, string> { [LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Ringing },
        };
        participants[(request.RoomName, phone.Sid)] = phone;
        return Yes(new LiveKitSipParticipant(phone.Sid, phone.Identity, request.RoomName, "SCL_replay"));
    }

    private void Happened(LiveKitWebhookEvent webhook, string room, LiveKitParticipant participant)
    {
        var key = (room, participant.Sid);
        switch (webhook.Event)
        {
            case LiveKitEventName.ParticipantJoined:
                participants[key] = participant;
                break;
            case LiveKitEventName.ParticipantLeft or LiveKitEventName.ParticipantConnectionAborted:
                participants.Remove(key);
                break;
            case LiveKitEventName.TrackPublished when webhook.Track is { } track && participants.TryGetValue(key, out var publisher):
                participants[key] = publisher with { Tracks = [.. publisher.Tracks, track] };
                break;
            default:
                break;
        }
    }

    private void Close(string room)
    {
        rooms.Remove(room);
        dispatches.RemoveAll(dispatch => dispatch.Room == room);
        foreach (var key in participants.Keys.Where(key => key.Room == room).ToList())
        {
            participants.Remove(key);
        }
    }

    private static Task<LiveKitOutcome<T>> Yes<T>(T value) => Task.FromResult<LiveKitOutcome<T>>(new LiveKitOutcome<T>.Ok(value));
}
