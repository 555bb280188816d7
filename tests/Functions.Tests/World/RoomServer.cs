using System.Text.Json.Nodes;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.World;

/// <summary>
/// A LiveKit of few words: rooms, who is in them, and the webhooks that tell of it, which whoever runs the test delivers.
/// </summary>
internal sealed class RoomServer(ManualClock clock) : ILiveKitApi
{
    private readonly Dictionary<string, LiveKitRoom> rooms = [];
    private readonly Dictionary<string, List<LiveKitParticipant>> participants = [];
    private readonly Dictionary<string, List<LiveKitDispatch>> dispatches = [];
    private int numbers;

    /// <summary>The webhooks that are waiting for delivery.</summary>
    public Queue<string> Webhooks { get; } = [];

    /// <summary>Every dispatch that was created, in order.</summary>
    public List<LiveKitDispatchRequest> Created { get; } = [];

    /// <summary>How often a room was deleted.</summary>
    public int Deleted { get; private set; }

    /// <summary>Whether the API answers.</summary>
    public bool IsAway { get; set; }

    public bool Has(string room) => rooms.ContainsKey(room);

    public IReadOnlyList<LiveKitParticipant> In(string room) => participants.GetValueOrDefault(room) ?? [];

    /// <summary>Somebody comes into a room, which is opened if need be.</summary>
    public LiveKitParticipant Join(string room, string kind, string identity, params (string Name, string Value)[] attributes)
    {
        if (!rooms.ContainsKey(room))
        {
            rooms[room] = new LiveKitRoom { Sid = $"RM_{++numbers}", Name = room };
            participants[room] = [];
            dispatches[room] = [];
            Tell("room_started", room, null);
        }

        var participant = new LiveKitParticipant
        {
            Sid = $"PA_{++numbers}",
            Identity = identity,
            Kind = kind,
            State = LiveKitParticipantState.Active,
            JoinedAtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Attributes = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value),
        };
        participants[room].Add(participant);
        Tell("participant_joined", room, participant);
        return participant;
    }

    /// <summary>Somebody is heard.</summary>
    public void Speak(string room, LiveKitParticipant speaker)
    {
        var index = participants[room].FindIndex(participant => participant.Sid == speaker.Sid);
        participants[room][index] = speaker with { Tracks = [new LiveKitTrack { Sid = $"TR_{++numbers}" }] };
        Tell("track_published", room, speaker, webhook =>
            webhook["track"] = new JsonObject { ["sid"] = $"TR_{numbers}", ["type"] = "AUDIO" });
    }

    /// <summary>The phone that was dialled into a room is picked up; no webhook tells that.</summary>
    public LiveKitParticipant PickUp(string room)
    {
        var index = participants[room].FindIndex(participant =>
            participant.Attributes.GetValueOrDefault(LiveKitAttributes.SipCallStatus) == LiveKitSipCallStatus.Dialing);
        var attributes = new Dictionary<string, string>(participants[room][index].Attributes)
        {
            [LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Active,
        };
        return participants[room][index] = participants[room][index] with { Attributes = attributes };
    }

    /// <summary>Somebody leaves.</summary>
    public void Leave(string room, LiveKitParticipant leaver, string reason)
    {
        participants[room].RemoveAll(participant => participant.Sid == leaver.Sid);
        Tell("participant_left", room, leaver with { DisconnectReason = reason });
    }

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitRoom>>> ListRoomsAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<LiveKitRoom>>(() => [.. rooms.Values.Where(room => names.Count == 0 || names.Contains(room.Name))]);

    public Task<LiveKitOutcome<LiveKitRoom>> CreateRoomAsync(LiveKitRoomRequest request, CancellationToken cancellationToken) =>
        Answer(() => rooms[request.Name]);

    public Task<LiveKitOutcome<LiveKitDone>> DeleteRoomAsync(string room, CancellationToken cancellationToken) => Answer(() =>
    {
        Deleted++;
        foreach (var participant in participants[room].ToList())
        {
            Leave(room, participant, "ROOM_DELETED");
        }

        Tell("room_finished", room, null);
        rooms.Remove(room);
        return new LiveKitDone();
    });

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>> ListParticipantsAsync(
        string room, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<LiveKitParticipant>>(() => [.. In(room)]);

    public Task<LiveKitOutcome<LiveKitDone>> RemoveParticipantAsync(string room, string identity, CancellationToken cancellationToken) =>
        Answer(() =>
        {
            Leave(room, In(room).Single(participant => participant.Identity == identity), "PARTICIPANT_REMOVED");
            return new LiveKitDone();
        });

    public Task<LiveKitOutcome<LiveKitDispatch>> CreateDispatchAsync(LiveKitDispatchRequest request, CancellationToken cancellationToken) =>
        Answer(() =>
        {
            Created.Add(request);
            var dispatch = new LiveKitDispatch
            {
                Id = $"AD_{++numbers}",
                AgentName = request.AgentName,
                Room = request.Room,
                Metadata = request.Metadata,
            };
            dispatches[request.Room].Add(dispatch);
            return dispatch;
        });

    public Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>> ListDispatchesAsync(string room, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<LiveKitDispatch>>(() => [.. dispatches[room]]);

    public Task<LiveKitOutcome<LiveKitDispatch>> DeleteDispatchAsync(string room, string dispatchId, CancellationToken cancellationToken) =>
        Answer(() =>
        {
            var dispatch = dispatches[room].Single(there => there.Id == dispatchId);
            dispatches[room].Remove(dispatch);
            return dispatch;
        });

    public Task<LiveKitOutcome<LiveKitSipParticipant>> CreateSipParticipantAsync(
        LiveKitSipParticipantRequest request, CancellationToken cancellationToken) =>
        Answer(() =>
        {
            var phone = Join(
                request.RoomName,
                LiveKitParticipantKind.Sip,
                request.ParticipantIdentity,
                (LiveKitAttributes.SipCallStatus, LiveKitSipCallStatus.Dialing));
            return new LiveKitSipParticipant(phone.Sid, phone.Identity, request.RoomName, $"SCL_{++numbers}");
        });

    private Task<LiveKitOutcome<T>> Answer<T>(Func<T> answer) =>
        Task.FromResult<LiveKitOutcome<T>>(IsAway ? new LiveKitOutcome<T>.Unavailable(null) : new LiveKitOutcome<T>.Ok(answer()));

    private void Tell(string name, string room, LiveKitParticipant? participant, Action<JsonObject>? more = null)
    {
        var webhook = new JsonObject
        {
            ["event"] = name,
            ["id"] = $"EV_{++numbers}",
            ["createdAt"] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["room"] = new JsonObject { ["sid"] = rooms[room].Sid, ["name"] = room },
        };
        if (participant is not null)
        {
            webhook["participant"] = new JsonObject
            {
                ["sid"] = participant.Sid,
                ["identity"] = participant.Identity,
                ["kind"] = participant.Kind,
                ["state"] = participant.State,
                ["disconnectReason"] = participant.DisconnectReason,
                ["attributes"] = new JsonObject(
                    participant.Attributes.Select(attribute => KeyValuePair.Create<string, JsonNode?>(attribute.Key, attribute.Value))),
            };
        }

        more?.Invoke(webhook);
        Webhooks.Enqueue(webhook.ToJsonString());
    }
}
