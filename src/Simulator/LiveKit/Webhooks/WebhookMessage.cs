using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.LiveKit.Wire;

namespace VoiceFunctions.Simulator.LiveKit.Webhooks;

/// <summary>What a webhook tells, written down at the moment it is true; only the id and the time are still missing.</summary>
internal sealed record WebhookMessage(string Event, string RoomName, string Subject, Func<string, long, byte[]> Body)
{
    /// <summary>Is told when the gateway had taken it.</summary>
    public Action<DateTimeOffset>? Delivered { get; init; }

    public static WebhookMessage OfRoom(string name, Room room) =>
        Of(name, room, room.Name, json => json.Message("room", () => Shapes.Room(json, room)));

    public static WebhookMessage OfParticipant(string name, Participant participant) =>
        Of(name, participant.Room, participant.Identity, json =>
        {
            json.Message("room", () => Shapes.Room(json, participant.Room));
            json.Message("participant", () => Shapes.Participant(json, participant));
        });

    /// <summary>Events about tracks say of their room and participant only who they are.</summary>
    public static WebhookMessage OfTrack(string name, Participant participant, Track track) =>
        Of(name, participant.Room, participant.Identity, json =>
        {
            json.Message("room", () =>
            {
                json.String("sid", participant.Room.Sid);
                json.String("name", participant.Room.Name);
            });
            json.Message("participant", () =>
            {
                json.String("sid", participant.Sid);
                json.String("identity", participant.Identity);
            });
            json.Message("track", () => Shapes.Track(json, track));
        });

    private static WebhookMessage Of(string name, Room room, string subject, Action<ProtoWriter> fields) =>
        new(name, room.Name, subject, (id, createdAt) => ProtoWriter.Write(ProtoStyle.Webhook, json =>
        {
            json.String("event", name);
            fields(json);
            json.String("id", id);
            json.Int64("created_at", createdAt);
        }));
}
