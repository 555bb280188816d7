using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Webhooks;
using VoiceFunctions.Simulator.LiveKit.Wire;

namespace VoiceFunctions.Simulator.LiveKit.Recorders;

/// <summary>A recording as the server writes it, in webhooks and in answers. Of the store's keys it says only what they are.</summary>
internal static class EgressMessage
{
    /// <summary>The webhook about a recording. It has a queue of its own, so it keeps no order with those about its room.</summary>
    public static WebhookMessage Of(string name, Egress egress, long size)
    {
        // Written down now: by the time it is sent the recording may have gone on.
        var fields = Snapshot.Of(egress, size);
        return new WebhookMessage(name, egress.Id, egress.Id, (id, createdAt) => ProtoWriter.Write(ProtoStyle.Webhook, json =>
        {
            json.String("event", name);
            json.Message("egress_info", () => Write(json, fields));
            json.String("id", id);
            json.Int64("created_at", createdAt);
        }));
    }

    public static void Write(ProtoWriter json, Egress egress) => Write(json, Snapshot.Of(egress, EgressService.SizeOf(egress)));

    private static void Write(ProtoWriter json, Snapshot egress)
    {
        json.String("egress_id", egress.Id);
        json.String("room_id", egress.RoomSid);
        json.String("room_name", egress.RoomName);
        json.Enum("source_type", "EGRESS_SOURCE_TYPE_SDK", "EGRESS_SOURCE_TYPE_WEB");
        json.Enum("status", egress.Status, LiveKitEgressStatus.Starting);
        json.Int64("started_at", egress.StartedAt);
        json.Int64("ended_at", egress.EndedAt);
        json.Int64("updated_at", egress.UpdatedAt);
        json.Message(egress.Order.Track is null ? "room_composite" : "track", () => Request(json, egress.Order));
        json.Messages("stream_results", Array.Empty<string>(), _ => { });
        json.Messages("file_results", egress.HasFile ? [egress] : Array.Empty<Snapshot>(), file => File(json, file));
        json.Messages("segment_results", Array.Empty<string>(), _ => { });
        json.Messages("image_results", Array.Empty<string>(), _ => { });
        json.String("error", egress.Error);
        json.Number("error_code", egress.ErrorCode);
        json.String("details", egress.Details);
        json.String("manifest_location", "");
        json.Bool("backup_storage_used", false);
        json.Number("retry_count", 0);
        if (egress.HasFile)
        {
            json.Message("file", () => File(json, egress));
        }
    }

    private static void Request(ProtoWriter json, EgressOrder order)
    {
        json.String("room_name", order.RoomName);
        if (order.Track is { } track)
        {
            json.String("track_id", track);
            json.Message("file", () => Output(json, order));
            return;
        }

        json.String("layout", "");
        json.Bool("audio_only", true);
        json.Messages("file_outputs", [order], output => Output(json, output));
    }

    private static void Output(ProtoWriter json, EgressOrder order)
    {
        if (order.Track is null)
        {
            json.Enum("file_type", order.FileType, "DEFAULT_FILETYPE");
        }

        json.String("filepath", order.Path);
        json.Bool("disable_manifest", true);
        json.Message(order.Store.IsAzure ? "azure" : "s3", () =>
        {
            if (order.Store.IsAzure)
            {
                json.String("account_name", "{account_name}");
                json.String("account_key", "{account_key}");
                json.String("container_name", order.Store.Container);
            }
            else
            {
                json.String("access_key", "{access_key}");
                json.String("secret", "{secret}");
                json.String("bucket", order.Store.Container);
            }
        });
    }

    private static void File(ProtoWriter json, Snapshot egress)
    {
        json.String("filename", egress.Order.Path);
        json.Int64("started_at", egress.StartedAt);
        json.Int64("ended_at", egress.EndedAt);
        json.Int64("duration", egress.Duration);
        json.Int64("size", egress.Size);
        json.String("location", $"{egress.Order.Store.Root}/{egress.Order.Path}");
    }

    private sealed record Snapshot(string Id, string RoomSid, string RoomName, EgressOrder Order, string Status)
    {
        public string Error { get; init; } = "";

        public int ErrorCode { get; init; }

        public string Details { get; init; } = "";

        public long StartedAt { get; init; }

        public long EndedAt { get; init; }

        public long UpdatedAt { get; init; }

        public long Duration { get; init; }

        public long Size { get; init; }

        public bool HasFile => LiveKitEgressStatus.HasFile(Status);

        public static Snapshot Of(Egress egress, long size) => new(
            egress.Id, egress.Room.Sid, egress.Room.Name, egress.Order, egress.Status)
        {
            Error = egress.Error,
            ErrorCode = egress.ErrorCode,
            Details = egress.Details,
            StartedAt = Nanoseconds(egress.StartedAt),
            EndedAt = egress.EndedAt is { } ended ? Nanoseconds(ended) : 0,
            UpdatedAt = Nanoseconds(egress.UpdatedAt),
            Duration = egress.Duration.Ticks * 100,
            Size = size,
        };

        private static long Nanoseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * 100;
    }
}
