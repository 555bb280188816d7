namespace VoiceFunctions.Core.Lifecycle;

/// <summary>The names of the events: the stable words that subscribers see.</summary>
public static class LifecycleEventName
{
    /// <summary>The gateway received the first event of the call.</summary>
    public const string CallStarted = "CALL_STARTED";

    /// <summary>A leg joined the room.</summary>
    public const string ParticipantJoined = "PARTICIPANT_JOINED";

    /// <summary>A leg left the room.</summary>
    public const string ParticipantLeft = "PARTICIPANT_LEFT";

    /// <summary>An agent was dispatched, or one that joined without a dispatch was accepted.</summary>
    public const string AgentDispatched = "AGENT_DISPATCHED";

    /// <summary>The phone that the call is for is called: once for each attempt.</summary>
    public const string CallDialing = "CALL_DIALING";

    /// <summary>The phone that the call is for was answered.</summary>
    public const string CallAnswered = "CALL_ANSWERED";

    /// <summary>
    /// An attempt to reach the phone failed. The event's cause has the reason: busy, no_answer, rejected or failed.
    /// </summary>
    public const string CallNotAnswered = "CALL_NOT_ANSWERED";

    /// <summary>No agent spoke in time, and the route's human is being called into the room.</summary>
    public const string HumanCalled = "HUMAN_CALLED";

    /// <summary>The agent or an operator asked for a human.</summary>
    public const string HandoffRequested = "HANDOFF_REQUESTED";

    /// <summary>The human who was asked for has taken the caller over.</summary>
    public const string HumanJoined = "HUMAN_JOINED";

    /// <summary>The agents were removed or muted because the requested human is there.</summary>
    public const string BotMuted = "BOT_MUTED";

    /// <summary>Nobody took the handoff; the event's cause has the reason. The caller stays with the agent.</summary>
    public const string HandoffFailed = "HANDOFF_FAILED";

    /// <summary>A warning: more than one agent was in the room, and the surplus was removed.</summary>
    public const string SurplusAgentRemoved = "SURPLUS_AGENT_REMOVED";

    /// <summary>LiveKit has accepted a recording of the call, or of one track in it.</summary>
    public const string RecordingStarted = "RECORDING_STARTED";

    /// <summary>A recording is over, and its file is there.</summary>
    public const string RecordingReady = "RECORDING_READY";

    /// <summary>A warning: a recording failed, or could not be started; the call goes on. The event's cause says why.</summary>
    public const string RecordingFailed = "RECORDING_FAILED";

    /// <summary>
    /// A warning: a measure of a participant is far above its baseline in this call. The event's cause is the measure, a word of
    /// <see cref="Calls.Quality.QualityMeasure"/>.
    /// </summary>
    public const string QualityWarning = "QUALITY_WARNING";

    /// <summary>A warning: some events of the call were counted and not stored; the event's cause has the reason.</summary>
    public const string EventsOmitted = "EVENTS_OMITTED";

    /// <summary>A document of a tenant was accepted.</summary>
    public const string IngestQueued = "INGEST_QUEUED";

    /// <summary>The call is over.</summary>
    public const string CallEnded = "CALL_ENDED";

    /// <summary>The room is gone.</summary>
    public const string RoomDeleted = "ROOM_DELETED";

    /// <summary>A warning: the gateway gave up deleting the room, because LiveKit did not delete it for a long time.</summary>
    public const string RoomDeleteFailed = "ROOM_DELETE_FAILED";
}
