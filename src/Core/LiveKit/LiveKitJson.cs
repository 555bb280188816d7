using System.Text.Json;

namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// Reads LiveKit's objects. Webhooks and API answers have the same objects and differ only in the spelling of field names.
/// </summary>
internal static class LiveKitJson
{
    public static LiveKitRoom Room(JsonElement room) => new()
    {
        Sid = room.Text("sid"),
        Name = room.Text("name"),
        Metadata = room.Text("metadata"),
        CreationTimeMs = Milliseconds(room.Number("creationTimeMs", "creation_time_ms"), room.Number("creationTime", "creation_time")),
        EmptyTimeoutSeconds = room.Number("emptyTimeout", "empty_timeout"),
        DepartureTimeoutSeconds = room.Number("departureTimeout", "departure_timeout"),
    };

    public static LiveKitParticipant Participant(JsonElement participant) => new()
    {
        Sid = participant.Text("sid"),
        Identity = participant.Text("identity"),
        Name = participant.Text("name"),
        Kind = participant.Text("kind", null, LiveKitParticipantKind.Standard),
        State = participant.Text("state", null, LiveKitParticipantState.Joining),
        Metadata = participant.Text("metadata"),
        JoinedAtMs = Milliseconds(participant.Number("joinedAtMs", "joined_at_ms"), participant.Number("joinedAt", "joined_at")),
        Attributes = participant.Texts("attributes"),
        IsHidden = participant.Flag("permission", "hidden"),
        DisconnectReason = participant.Text("disconnectReason", "disconnect_reason", LiveKitDisconnectReason.Unknown),
        Tracks = participant.Objects("tracks", null, Track) ?? [],
    };

    public static LiveKitTrack Track(JsonElement track) => new()
    {
        Sid = track.Text("sid"),
        Type = track.Text("type", null, LiveKitTrackType.Audio),
        Source = track.Text("source", null, "UNKNOWN"),
        MimeType = track.Text("mimeType", "mime_type"),
        Name = track.Text("name"),
        IsMuted = track.Flag("muted"),
    };

    public static LiveKitDispatch Dispatch(JsonElement dispatch) => new()
    {
        Id = dispatch.Text("id"),
        AgentName = dispatch.Text("agentName", "agent_name"),
        Room = dispatch.Text("room"),
        Metadata = dispatch.Text("metadata"),
        HasJob = dispatch.Object("state", null, state => state.Objects("jobs", null, job => job) ?? []) is { Count: > 0 },
    };

    public static LiveKitSipParticipant SipParticipant(JsonElement participant) => new(
        participant.Text("participantId", "participant_id"),
        participant.Text("participantIdentity", "participant_identity"),
        participant.Text("roomName", "room_name"),
        participant.Text("sipCallId", "sip_call_id"));

    public static LiveKitEgress Egress(JsonElement egress)
    {
        var results = egress.Objects("fileResults", "file_results", File);
        var file = (results is [var first, ..] ? first : egress.Object("file", null, File)) ?? new LiveKitEgress();
        return file with
        {
            EgressId = egress.Text("egressId", "egress_id"),
            RoomId = egress.Text("roomId", "room_id"),
            RoomName = egress.Text("roomName", "room_name"),
            Status = egress.Text("status", null, LiveKitEgressStatus.Starting),
            Error = egress.Text("error"),
            ErrorCode = (int)Math.Clamp(egress.Number("errorCode", "error_code"), 0, 999),
            Path = PathOf(egress) is { Length: > 0 } path ? path : file.Path,
        };
    }

    /// <summary>The path that was asked for, in the words of each kind of request; empty where there is none.</summary>
    private static string PathOf(JsonElement egress)
    {
        string?[] paths =
        [
            egress.Object("track", null, Direct),
            egress.Object("roomComposite", "room_composite", Encoded),
            egress.Object("egress", null, request => First(request.Objects("outputs", null, Direct))),
        ];
        return First(paths);

        static string Direct(JsonElement request) => request.Object("file", null, Filepath) ?? "";

        static string Encoded(JsonElement request) =>
            First([.. request.Objects("fileOutputs", "file_outputs", Filepath) ?? [], Direct(request)]);

        static string Filepath(JsonElement file) => file.Text("filepath");

        static string First(IReadOnlyList<string?>? paths) => paths?.FirstOrDefault(found => found is { Length: > 0 }) ?? "";
    }

    private static LiveKitEgress File(JsonElement file) => new()
    {
        Path = file.Text("filename"),
        Location = file.Text("location"),
        SizeBytes = Math.Max(0, file.Number("size")),
        DurationNs = Math.Max(0, file.Number("duration")),
    };

    /// <summary>Servers that are older than the millisecond fields send only seconds.</summary>
    private static long Milliseconds(long milliseconds, long seconds) =>
        milliseconds == 0 && seconds is > 0 and < long.MaxValue / 1000 ? seconds * 1000 : milliseconds;
}
