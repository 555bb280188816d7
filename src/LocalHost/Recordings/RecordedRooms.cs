using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.LiveKit.InMemory;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>Lets happen in a LiveKit in memory what the webhooks of a recording tell.</summary>
internal sealed class RecordedRooms(InMemoryLiveKit liveKit)
{
    /// <summary>A webhook of the recording: this has just happened.</summary>
    public void Happened(ReadOnlyMemory<byte> body)
    {
        if (!LiveKitWebhookParser.TryParse(body, out var webhook) || webhook.Room is not { } room)
        {
            return;
        }

        if (webhook.Event == LiveKitEventName.RoomFinished)
        {
            Close(room.Name);
            return;
        }

        // A room can end without a word that arrives.
        if (liveKit.Rooms.Any(open => open.Name == room.Name && open.Sid != room.Sid))
        {
            Close(room.Name);
        }

        liveKit.Open(room);
        if (webhook.Participant is { } participant)
        {
            Happened(webhook, room.Name, participant);
        }
    }

    private void Happened(LiveKitWebhookEvent webhook, string room, LiveKitParticipant participant)
    {
        switch (webhook.Event)
        {
            case LiveKitEventName.ParticipantJoined:
                liveKit.Join(room, participant);
                break;
            case LiveKitEventName.ParticipantLeft:
                liveKit.Leave(room, participant.Sid, participant.DisconnectReason);
                break;
            case LiveKitEventName.TrackPublished when webhook.Track is { Type: LiveKitTrackType.Audio, IsMuted: false }:
                liveKit.Publish(room, participant.Sid, webhook.Track.Sid);
                break;
            case LiveKitEventName.TrackUnpublished when webhook.Track is { Type: LiveKitTrackType.Audio }:
                liveKit.Unpublish(room, participant.Sid, webhook.Track.Sid);
                break;
            default:
                break;
        }
    }

    private void Close(string room) => liveKit.Close(room, LiveKitDisconnectReason.RoomClosed);
}
