using System.Security.Cryptography;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// Maps LiveKit's webhooks to events of calls. Of our rooms every authentic webhook becomes an event, even one that cannot be read.
/// </summary>
/// <param name="scope">Recognises our rooms. They can hold calls whose <c>participant_joined</c> has not arrived.</param>
/// <param name="participants">Maps participants to legs.</param>
public sealed class LiveKitEventMapper(RoomScope scope, ParticipantMapper participants)
{
    /// <summary>Maps a verified webhook to its event; <c>null</c> if it is about somebody else's room, or about none.</summary>
    /// <param name="body">The raw body. If it is no JSON object, the event keeps its text.</param>
    /// <param name="at">When the webhook was received.</param>
    public ReceivedEvent? Map(ReadOnlyMemory<byte> body, DateTimeOffset at)
    {
        if (!LiveKitWebhookParser.TryParse(body, out var webhook))
        {
            return Unplaced(body.Span, at, DeliveryId(body.Span), "unreadable");
        }

        var id = webhook.Id.Length > 0 ? webhook.Id : DeliveryId(body.Span);
        if (RecordingOf(webhook, id, at) is { } recording)
        {
            return recording;
        }

        var roomName = webhook.Room?.Name ?? webhook.Egress?.RoomName ?? "";
        var roomSid = webhook.Room?.Sid ?? webhook.Egress?.RoomId ?? "";
        if (TrackingOf(roomName, roomSid, webhook) is not { } tracking)
        {
            return null;
        }

        var fact = FactOf(webhook);
        var callEvent = new CallEvent(id, at, fact)
        {
            Room = new RoomSession(roomName, roomSid),
            Raw = fact switch
            {
                CallFact.LegJoined { Leg.Role: LegRole.Caller } => RawExcerpt.Of(body.Span, "participant"),
                CallFact.Unhandled => RawExcerpt.Of(body.Span, null),
                _ => null,
            },
        };
        return new ReceivedEvent(scope.Naming.CallOf(roomName, roomSid), callEvent.HappenedAtMs(HappenedAtMs(webhook)), tracking);
    }

    /// <summary>
    /// An event about a recording of ours: its file's name says which call's it is, whatever the room is called. <c>null</c> for others.
    /// </summary>
    private static ReceivedEvent? RecordingOf(LiveKitWebhookEvent webhook, string id, DateTimeOffset at) =>
        webhook is
        {
            Event: LiveKitEventName.EgressStarted or LiveKitEventName.EgressUpdated or LiveKitEventName.EgressEnded,
            Egress: { } egress,
        }
        && RecordingFacts.Of(egress) is { } fact
        && RecordingFile.Parse(egress.Path) is { } file
        && CallId.TryParse(file.CallId, out var callId)
            ? new ReceivedEvent(callId, new CallEvent(id, at, fact).HappenedAtMs(HappenedAtMs(webhook)), Tracking.FollowIfKnown)
            : null;

    private CallFact FactOf(LiveKitWebhookEvent webhook) => webhook switch
    {
        { Event: LiveKitEventName.RoomStarted } => new CallFact.RoomStarted(),
        { Event: LiveKitEventName.RoomFinished } => new CallFact.RoomFinished(),
        { Participant: not { Sid.Length: > 0 } } => new CallFact.Unhandled(webhook.Event),
        { Event: LiveKitEventName.ParticipantJoined, Participant: var joined } => new CallFact.LegJoined(participants.LegOf(joined)),
        { Event: LiveKitEventName.ParticipantLeft, Participant: var left } =>
            new CallFact.LegLeft(participants.LegOf(left), left.DisconnectReason),
        { Event: LiveKitEventName.ParticipantConnectionAborted, Participant: var aborted } =>
            new CallFact.LegAborted(participants.LegOf(aborted)),
        { Event: LiveKitEventName.TrackPublished, Track: { Type: LiveKitTrackType.Audio, IsMuted: false }, Participant: var publisher } =>
            new CallFact.AudioPublished(publisher.Sid, publisher.Identity) { TrackSid = webhook.Track.Sid },
        {
            Event: LiveKitEventName.TrackUnpublished,
            Track: { Type: LiveKitTrackType.Audio, Sid: { Length: > 0 } track },
            Participant: var publisher
        } =>
            new CallFact.AudioUnpublished(publisher.Sid, publisher.Identity, track),
        _ => new CallFact.Unhandled(webhook.Event),
    };

    /// <summary>
    /// Every room of ours is followed: the caller's <c>participant_joined</c> can be the webhook that got lost. In a room of a foreign name
    /// the caller's leg shows that it is ours, and from then on the journal knows. <c>null</c> for everybody else's.
    /// </summary>
    private Tracking? TrackingOf(string roomName, string roomSid, LiveKitWebhookEvent webhook) =>
        roomSid.Length == 0 && !scope.Naming.TryReadCallId(roomName, out _) ? null
        : scope.IsOurs(roomName) || scope.IsMadeOursBy(webhook.Participant) ? Tracking.Follow
        : scope.HasListed ? Tracking.FollowIfKnown
        : null;

    /// <summary>
    /// LiveKit tells milliseconds of a joining, and whole seconds of everything else: then the end of the second is meant.
    /// </summary>
    private static long HappenedAtMs(LiveKitWebhookEvent webhook) => webhook switch
    {
        { Event: LiveKitEventName.ParticipantJoined, Participant.JoinedAtMs: > 0 and var joined } => joined,
        { CreatedAtSeconds: > 0 and < long.MaxValue / 1000 and var created } => (created * 1000) + 999,
        _ => 0,
    };

    /// <summary>The event of an authentic webhook that cannot be read. It gets a call id of its own.</summary>
    private static ReceivedEvent Unplaced(ReadOnlySpan<byte> body, DateTimeOffset at, string id, string name) =>
        new(
            CallId.ForTrunk("", id),
            new CallEvent(id, at, new CallFact.Unhandled(name)) { Raw = RawExcerpt.Of(body, null) },
            Tracking.RecordOnly);

    private static string DeliveryId(ReadOnlySpan<byte> body) => $"body:{Convert.ToHexStringLower(SHA256.HashData(body))}";
}
