using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Events;

/// <summary>Events of a made-up call and document, one of each name at least.</summary>
internal static class Some
{
    public static readonly CallId Call = CallId.ForTwilio("CA00000000000000000000000000000001");
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly EventEnvelope Envelope = new(new Uri("https://voice.example.com"));

    public static OutgoingEvent CallStarted { get; } =
        new(Of(LifecycleEventName.CallStarted, null) with { Direction = CallDirection.Inbound }, "acme");

    public static OutgoingEvent CallEnded { get; } =
        new(Of(LifecycleEventName.CallEnded, null) with { Cause = "caller_hangup" }, null);

    public static IReadOnlyList<LifecycleEvent> Events { get; } =
    [
        CallStarted.Event,
        CallEnded.Event,
        Of(LifecycleEventName.ParticipantJoined, "PA_1") with { ParticipantSid = "PA_1", Role = "caller" },
        Of(LifecycleEventName.ParticipantJoined, "PA_2") with { ParticipantSid = "PA_2", Role = "agent", Inferred = true },
        Of(LifecycleEventName.ParticipantLeft, "PA_1") with { ParticipantSid = "PA_1", Role = "caller", Cause = "CLIENT_INITIATED" },
        Of(LifecycleEventName.AgentDispatched, "2") with { Epoch = 2 },
        Of(LifecycleEventName.CallDialing, "1"),
        Of(LifecycleEventName.CallAnswered, null),
        Of(LifecycleEventName.CallNotAnswered, "2") with { Cause = "busy" },
        Of(LifecycleEventName.HumanCalled, null),
        Of(LifecycleEventName.HandoffRequested, null),
        Of(LifecycleEventName.HandoffRequested, "2"),
        Of(LifecycleEventName.HumanJoined, null),
        Of(LifecycleEventName.BotMuted, null),
        Of(LifecycleEventName.HandoffFailed, null) with { Cause = "no_answer" },
        Of(LifecycleEventName.SurplusAgentRemoved, "1"),
        Of(LifecycleEventName.RecordingStarted, "EG_1"),
        Of(LifecycleEventName.RecordingReady, "EG_1"),
        Of(LifecycleEventName.RecordingFailed, "EG_2") with { Cause = "failed", Inferred = true },
        Of(LifecycleEventName.RecordingFailed, "1:TR_1") with { Cause = "no_recorder" },
        Of(LifecycleEventName.QualityWarning, "PA_1:jitter:1") with
        {
            ParticipantSid = "PA_1",
            Role = "caller",
            Cause = "jitter",
            Value = 0.2,
            Baseline = 0.004,
        },
        Of(LifecycleEventName.EventsOmitted, "too_many") with { Cause = "too_many" },
        new("ingest:kx3q", LifecycleEventName.IngestQueued, "", Noon.AddMilliseconds(250)) { DocumentId = "doc_faq", Passages = 3 },
        Of(LifecycleEventName.RoomDeleted, null),
        Of(LifecycleEventName.RoomDeleteFailed, null),
    ];

    private static LifecycleEvent Of(string name, string? key) =>
        new(key is null ? $"{Call}:{name}" : $"{Call}:{name}:{key}", name, Call.Value, Noon.AddMilliseconds(250));
}
