using System.Security.Cryptography;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>Maps LiveKit's webhooks to events of calls. Every authentic webhook becomes an event, even one that cannot be read.</summary>
/// <param name="naming">Recognises our rooms. They can hold calls whose <c>participant_joined</c> has not arrived.</param>
/// <param name="participants">Maps participants to legs.</param>
public sealed class LiveKitEventMapper(RoomNaming naming, ParticipantMapper participants)
{
    /// <summary>Maps a verified webhook to its event.</summary>
    /// <param name="body">The raw body. If it is no JSON object, the event keeps its text.</param>
    /// <param name="at">When the webhook was received.</param>
    public ReceivedEvent Map(ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        if (!LiveKitWebhookParser.TryParse(body, out var webhook))
        {
            return Unplaced(body, at, DeliveryId(body), "unreadable");
        }

        var id = webhook.Id.Length > 0 ? webhook.Id : DeliveryId(body);
        var roomName = webhook.Room?.Name ?? webhook.Egress?.RoomName ?? "";
        var roomSid = webhook.Room?.Sid ?? webhook.Egress?.RoomId ?? "";
        if (roomSid.Length == 0 && !naming.TryReadCallId(roomName, out _))
        {
            return Unplaced(body, at, id, webhook.Event);
        }

        var fact = FactOf(webhook);
        var callEvent = new CallEvent(id, at, fact)
        {
            Room = new RoomSession(roomName, roomSid),
            Raw = fact switch
            {
                CallFact.LegJoined { Leg.Role: LegRole.Caller } => RawExcerpt.Of(body, "participant"),
                CallFact.Unhandled => RawExcerpt.Of(body, null),
                _ => null,
            },
        };
        return new ReceivedEvent(naming.CallOf(roomName, roomSid), callEvent, TrackingOf(roomName, webhook, fact));
    }

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
        { Event: LiveKitEventName.TrackPublished, Track.Type: LiveKitTrackType.Audio, Participant: var publisher } =>
            new CallFact.AudioPublished(publisher.Sid, publisher.Identity),
        _ => new CallFact.Unhandled(webhook.Event),
    };

    /// <summary>
    /// Follows a caller's leg, and any room that may hold a caller: the caller's <c>participant_joined</c> can be the webhook that got
    /// lost.
    /// </summary>
    private Tracking TrackingOf(string roomName, LiveKitWebhookEvent webhook, CallFact fact)
    {
        var caller = fact is CallFact.LegJoined { Leg.Role: LegRole.Caller } or CallFact.LegLeft { Leg.Role: LegRole.Caller };
        var phone = fact is CallFact.AudioPublished && ParticipantMapper.IsPhone(webhook.Participant!.Identity);
        return caller || naming.IsOurs(roomName) || phone ? Tracking.Follow : Tracking.RecordOnly;
    }

    /// <summary>The event of an authentic webhook that names no room. It gets a call id of its own.</summary>
    private static ReceivedEvent Unplaced(ReadOnlySpan<byte> body, DateTimeOffset at, string id, string name) =>
        new(
            CallId.ForTrunk("", id),
            new CallEvent(id, at, new CallFact.Unhandled(name)) { Raw = RawExcerpt.Of(body, null) },
            Tracking.RecordOnly);

    private static string DeliveryId(ReadOnlySpan<byte> body) => $"body:{Convert.ToHexStringLower(SHA256.HashData(body))}";
}
