using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Rooms;

namespace VoiceFunctions.Simulator.LiveKit.Wire;

/// <summary>
/// The fields of LiveKit's messages, in their order. What the simulation has no use for stands at the value that a real server shows.
/// </summary>
internal static class Shapes
{
    private static readonly string[] Codecs =
    [
        "audio/PCMU", "audio/PCMA", "audio/opus", "audio/red", "video/VP8", "video/H264", "video/VP9", "video/AV1", "video/H265",
        "video/rtx",
    ];

    private static readonly string[] ClientCapabilities = ["CAP_PACKET_TRAILER", "CAP_COMPRESSION_DEFLATE_RAW"];

    public static void Room(ProtoWriter json, Room room)
    {
        json.String("sid", room.Sid);
        json.String("name", room.Name);
        json.Number("empty_timeout", room.Settings.EmptyTimeout);
        json.Number("departure_timeout", room.Settings.DepartureTimeout);
        json.Number("max_participants", room.Settings.MaxParticipants);
        json.Int64("creation_time", room.CreatedAt.ToUnixTimeSeconds());
        json.Int64("creation_time_ms", room.CreatedAt.ToUnixTimeMilliseconds());
        json.String("turn_password", room.TurnPassword);
        json.Messages("enabled_codecs", Codecs, codec =>
        {
            json.String("mime", codec);
            json.String("fmtp_line", "");
        });
        json.String("metadata", room.Settings.Metadata);

        // A real server's webhooks lag behind with these two; mostly they are not there.
        json.Number("num_participants", json.IsFull ? room.Participants.Count : 0);
        json.Number("num_publishers", json.IsFull ? room.Participants.Count(participant => participant.Tracks.Count > 0) : 0);
        json.Bool("active_recording", false);
        json.Nothing("version");
    }

    public static void Participant(ProtoWriter json, Participant participant)
    {
        var isSip = participant.Kind == ParticipantKind.Sip;
        json.String("sid", participant.Sid);
        json.String("identity", participant.Identity);
        json.Enum("state", participant.DisconnectReason is null ? "ACTIVE" : "DISCONNECTED", "JOINING");
        json.Messages("tracks", json.IsFull ? participant.Tracks : [], track => Track(json, track));
        json.String("metadata", participant.Metadata);
        json.Int64("joined_at", participant.JoinedAt.ToUnixTimeSeconds());
        json.Int64("joined_at_ms", participant.JoinedAt.ToUnixTimeMilliseconds());
        json.String("name", participant.Name);
        json.Number("version", participant.Version);
        json.Message("permission", () => Permission(json, participant));
        json.String("region", "");
        json.Bool("is_publisher", participant.HasPublished);
        json.Enum("kind", NameOf(participant.Kind), LiveKitParticipantKind.Standard);
        json.Map("attributes", participant.Attributes);
        json.Enum("disconnect_reason", participant.DisconnectReason ?? LiveKitDisconnectReason.Unknown, LiveKitDisconnectReason.Unknown);
        json.Strings("kind_details", []);
        json.Strings("data_tracks", []);
        json.Number("client_protocol", isSip ? 0 : 2);
        json.Strings("capabilities", isSip ? [] : ClientCapabilities);
    }

    public static void Track(ProtoWriter json, Track track)
    {
        json.String("sid", track.Sid);
        json.Enum("type", "AUDIO", "AUDIO");
        json.String("name", track.Name);
        json.Bool("muted", track.IsMuted);
        json.Number("width", 0);
        json.Number("height", 0);
        json.Bool("simulcast", false);
        json.Bool("disable_dtx", false);
        json.Enum("source", "MICROPHONE", "UNKNOWN");
        json.Strings("layers", []);
        json.String("mime_type", track.MimeType);
        json.String("mid", track.Mid);
        json.Messages("codecs", [track], codec =>
        {
            json.String("mime_type", codec.MimeType);
            json.String("mid", codec.Mid);
            json.String("cid", codec.Cid);
            json.Strings("layers", []);
            json.Enum("video_layer_mode", "ONE_SPATIAL_LAYER_PER_STREAM", "MODE_UNUSED");
            json.String("sdp_cid", "");
        });
        json.Bool("stereo", false);
        json.Bool("disable_red", false);
        json.Enum("encryption", "NONE", "NONE");
        json.String("stream", "camera");
        json.Message("version", () =>
        {
            json.Int64("unix_micro", track.VersionMicros);
            json.Number("ticks", 0);
        });
        json.Strings("audio_features", []);
        json.Enum("backup_codec_policy", "SIMULCAST", "PREFER_REGRESSION");
        json.Strings("packet_trailer_features", []);
    }

    public static void Dispatch(ProtoWriter json, Dispatch dispatch, DateTimeOffset now)
    {
        json.String("id", dispatch.Id);
        json.String("agent_name", dispatch.AgentName);
        json.String("room", dispatch.Room.Name);
        json.String("metadata", dispatch.Metadata);
        json.Message("state", () =>
        {
            json.Messages("jobs", dispatch.JobAt(now) is { } job ? [job] : Array.Empty<Job>(), written => Job(json, dispatch, written));
            json.Int64("created_at", Nanoseconds(dispatch.CreatedAt));
            json.Int64("deleted_at", 0);
        });
        json.Enum("restart_policy", "JRP_ON_FAILURE", "");
        json.String("deployment", "");
        json.Map("attributes", LiveKitAttributes.None);
    }

    private static void Job(ProtoWriter json, Dispatch dispatch, Job job)
    {
        json.String("id", job.Id);
        json.String("dispatch_id", dispatch.Id);
        json.Enum("type", "JT_ROOM", "");
        json.Message("room", () => Room(json, dispatch.Room));
        json.String("namespace", "");
        json.String("metadata", dispatch.Metadata);
        json.String("agent_name", dispatch.AgentName);
        json.Message("state", () =>
        {
            // The server writes this down once and never again: the agent may be long gone.
            json.Enum("status", "JS_RUNNING", "JS_PENDING");
            json.String("error", "");
            json.Int64("started_at", Nanoseconds(job.StartedAt));
            json.Int64("ended_at", 0);
            json.Int64("updated_at", Nanoseconds(job.StartedAt));
            json.String("participant_identity", job.ParticipantIdentity);
            json.String("worker_id", job.WorkerId);
            json.String("agent_id", "");
        });
        json.Bool("enable_recording", false);
        json.String("deployment", "");
        json.Map("attributes", LiveKitAttributes.None);
        json.Bool("enable_redaction", false);
    }

    private static void Permission(ProtoWriter json, Participant participant)
    {
        json.Bool("can_subscribe", true);
        json.Bool("can_publish", true);
        json.Bool("can_publish_data", true);
        json.Strings("can_publish_sources", []);
        json.Bool("hidden", participant.IsHidden);
        json.Bool("recorder", false);
        json.Bool("can_update_metadata", participant.Kind != ParticipantKind.Standard);
        json.Bool("agent", participant.Kind == ParticipantKind.Agent);
        json.Bool("can_subscribe_metrics", false);
        json.Bool("can_manage_agent_session", false);
    }

    private static string NameOf(ParticipantKind kind) => kind switch
    {
        ParticipantKind.Sip => LiveKitParticipantKind.Sip,
        ParticipantKind.Agent => LiveKitParticipantKind.Agent,
        ParticipantKind.Egress => LiveKitParticipantKind.Egress,
        ParticipantKind.Connector => LiveKitParticipantKind.Connector,
        _ => LiveKitParticipantKind.Standard,
    };

    private static long Nanoseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * 100;
}
