namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>The fields of a webhook that the gateway reads. A field that is missing or of an unexpected type has its default.</summary>
public sealed record LiveKitWebhookEvent
{
    /// <summary>One of <see cref="LiveKitEventName"/>, or another name; empty if it is missing.</summary>
    public string Event { get; init; } = "";

    /// <summary>The delivery id (<c>EV_…</c>), the same in every retry; empty if it is missing.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it happened, in whole seconds since 1970 UTC by LiveKit's clock; 0 if it is missing.</summary>
    public long CreatedAtSeconds { get; init; }

    /// <summary>The room.</summary>
    public LiveKitRoom? Room { get; init; }

    /// <summary>The participant. In <c>track_*</c> events it has only sid and identity.</summary>
    public LiveKitParticipant? Participant { get; init; }

    /// <summary>The track of a <c>track_*</c> event.</summary>
    public LiveKitTrack? Track { get; init; }

    /// <summary>The recording of an <c>egress_*</c> event.</summary>
    public LiveKitEgress? Egress { get; init; }
}
