using VoiceFunctions.Core.Calls.Opening;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Wire;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>The API's methods for rooms and participants.</summary>
internal sealed class RoomServiceApi(SimulationTime time, RoomDirectory rooms, ApiWitness witness, NetworkLog log)
{
    private const int MaxRoomName = 256;
    private static readonly TimeSpan NobodyAnswers = TimeSpan.FromSeconds(3);
    private static readonly byte[] Empty = "{}"u8.ToArray();

    public void AddTo(Dictionary<string, TwirpMethod> methods)
    {
        methods.Add("RoomService/CreateRoom", new((grants, _) => grants.RoomCreate, Now(CreateRoom)));
        methods.Add("RoomService/ListRooms", new((grants, _) => grants.RoomList, Now(ListRooms)));
        methods.Add("RoomService/DeleteRoom", new((grants, _) => grants.RoomCreate, Now(DeleteRoom)));
        methods.Add("RoomService/ListParticipants", new(Administers, Now(ListParticipants)));
        methods.Add("RoomService/GetParticipant", new(Administers, Now(GetParticipant)));
        methods.Add("RoomService/UpdateParticipant", new(Administers, UpdateParticipantAsync));
        methods.Add("RoomService/MutePublishedTrack", new(Administers, Now(MutePublishedTrack)));
        methods.Add("RoomService/RemoveParticipant", new(Administers, Now(RemoveParticipant)));
    }

    /// <summary>A token for one room is good for that room alone; one that names no room is good for none.</summary>
    public static bool Administers(LiveKitGrants grants, TwirpRequest request) =>
        grants.RoomAdmin && (grants.Room ?? "") == request.String("room");

    private static Func<TwirpRequest, Task<TwirpReply>> Now(Func<TwirpRequest, TwirpReply> method) =>
        request => Task.FromResult(method(request));

    private TwirpReply CreateRoom(TwirpRequest request)
    {
        var name = request.String("name");
        if (name.Length > MaxRoomName)
        {
            return TwirpReply.InvalidArgument($"room name length exceeds limits: max length {MaxRoomName}");
        }

        var settings = new RoomSettings
        {
            EmptyTimeout = request.Number("empty_timeout") is var empty and > 0 ? empty : RoomSettings.Default.EmptyTimeout,
            DepartureTimeout = request.Number("departure_timeout"),
            MaxParticipants = request.Number("max_participants"),
            Metadata = request.String("metadata"),
            Agents =
                [.. request.Messages("agents").Select(agent => new AgentRequest(agent.String("agent_name"), agent.String("metadata")))],
        };
        var room = rooms.Open(name, settings);
        rooms.Change(() => room.Truth.IsAskedFor |= settings.Metadata.Contains(RoomOpener.MetadataCallId, StringComparison.Ordinal));
        return TwirpReply.Ok(rooms.Read(_ => ProtoWriter.Write(ProtoStyle.Api, json => Shapes.Room(json, room))));
    }

    private TwirpReply ListRooms(TwirpRequest request)
    {
        var names = request.Strings("names");
        return TwirpReply.Ok(rooms.Read(all => ProtoWriter.Write(ProtoStyle.Api, json => json.Messages(
            "rooms",
            [.. all.Values.Where(room => names.Count == 0 || names.Contains(room.Name))],
            (Room room) => Shapes.Room(json, room)))));
    }

    private TwirpReply DeleteRoom(TwirpRequest request)
    {
        var room = request.String("room");
        witness.Deletes(room);
        return rooms.Close(room, LiveKitDisconnectReason.RoomDeleted)
            ? TwirpReply.Ok(Empty)
            : TwirpReply.NotFound("requested room does not exist");
    }

    private TwirpReply ListParticipants(TwirpRequest request) =>
        TwirpReply.Ok(rooms.Read(request.String("room"), room => ProtoWriter.Write(ProtoStyle.Api, json => json.Messages(
            "participants",
            room?.Participants ?? [],
            (Participant participant) => Shapes.Participant(json, participant)))));

    private TwirpReply GetParticipant(TwirpRequest request) =>
        rooms.Read(request.String("room"), room => room?.Find(request.String("identity")) is { } participant
            ? TwirpReply.Ok(ProtoWriter.Write(ProtoStyle.Api, json => Shapes.Participant(json, participant)))
            : TwirpReply.NotFound("participant does not exist"));

    /// <summary>Changes nothing here. Whoever is listed and has no connection cannot be told: nobody answers.</summary>
    private async Task<TwirpReply> UpdateParticipantAsync(TwirpRequest request)
    {
        if (rooms.Read(request.String("room"), room => room?.Find(request.String("identity"))) is { IsHeld: false })
        {
            await time.Delay(NobodyAnswers, CancellationToken.None);
            return TwirpReply.NoResponse;
        }

        return GetParticipant(request);
    }

    private TwirpReply MutePublishedTrack(TwirpRequest request)
    {
        var (identity, sid) = (request.String("identity"), request.String("track_sid"));
        if (rooms.Read(request.String("room"), room => room?.Find(identity)) is not { } participant)
        {
            return TwirpReply.NotFound("participant does not exist");
        }

        if (!request.Bool("muted"))
        {
            return TwirpReply.Error(412, "failed_precondition", "cannot unmute track, remote unmute is disabled");
        }

        if (!rooms.Mute(participant, sid))
        {
            return TwirpReply.NotFound("track does not exist");
        }

        log.Tell("livekit", $"mutes {participant.Identity} in {participant.Room.Name}");
        return TwirpReply.Ok(rooms.Read(_ => ProtoWriter.Write(ProtoStyle.Api, json =>
            json.Message("track", () => Shapes.Track(json, participant.Tracks.Find(track => track.Sid == sid)!)))));
    }

    private TwirpReply RemoveParticipant(TwirpRequest request)
    {
        if (rooms.Read(request.String("room"), room => room?.Find(request.String("identity"))) is not { } participant)
        {
            return TwirpReply.NotFound("participant does not exist");
        }

        log.Tell("livekit", $"removes {participant.Identity} from {participant.Room.Name}");
        witness.PutsOut(participant);
        rooms.Leave(participant, LiveKitDisconnectReason.ParticipantRemoved);
        return TwirpReply.Ok(Empty);
    }
}
