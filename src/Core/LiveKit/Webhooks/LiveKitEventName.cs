namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>
/// The names of the webhook events that the gateway handles. LiveKit has no event for changed attributes, an answered call or a dispatch.
/// </summary>
public static class LiveKitEventName
{
    /// <summary>A room session began.</summary>
    public const string RoomStarted = "room_started";

    /// <summary>A room session ended.</summary>
    public const string RoomFinished = "room_finished";

    /// <summary>A participant joined the room.</summary>
    public const string ParticipantJoined = "participant_joined";

    /// <summary>A participant left the room after it had joined.</summary>
    public const string ParticipantLeft = "participant_left";

    /// <summary>
    /// A participant disconnected before it had joined. There is no <c>participant_joined</c> and no <c>participant_left</c> for it.
    /// </summary>
    public const string ParticipantConnectionAborted = "participant_connection_aborted";

    /// <summary>A participant published a track.</summary>
    public const string TrackPublished = "track_published";

    /// <summary>A participant no longer publishes a track.</summary>
    public const string TrackUnpublished = "track_unpublished";

    /// <summary>A recording was taken. Its events carry no room, only the recording.</summary>
    public const string EgressStarted = "egress_started";

    /// <summary>A recording has begun to record, or is being stopped.</summary>
    public const string EgressUpdated = "egress_updated";

    /// <summary>A recording is over, well or not.</summary>
    public const string EgressEnded = "egress_ended";
}
