namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>The names of LiveKit's webhook events. There can be others; there is none for changed attributes, an answered call or a dispatch.</summary>
public static class LiveKitEventName
{
    /// <summary>A session of a room began.</summary>
    public const string RoomStarted = "room_started";

    /// <summary>A session of a room ended.</summary>
    public const string RoomFinished = "room_finished";

    /// <summary>A participant is in the room.</summary>
    public const string ParticipantJoined = "participant_joined";

    /// <summary>A participant that had been in the room left it.</summary>
    public const string ParticipantLeft = "participant_left";

    /// <summary>A participant went away before it was in the room. No joined came before, no left comes after.</summary>
    public const string ParticipantConnectionAborted = "participant_connection_aborted";

    /// <summary>A participant publishes a track.</summary>
    public const string TrackPublished = "track_published";
}
