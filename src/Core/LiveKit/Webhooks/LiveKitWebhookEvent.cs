namespace VoiceFunctions.Core.LiveKit.Webhooks;

/// <summary>One webhook event, as far as this code needs it. A field that is missing, or of a type that nobody expects, reads as its default.</summary>
public sealed record LiveKitWebhookEvent
{
    /// <summary>One of <see cref="LiveKitEventName"/>, or one that is newer than this code; empty where it is missing.</summary>
    public string Event { get; init; } = "";

    /// <summary>The delivery id (<c>EV_…</c>), the same in every repetition; empty where it is missing.</summary>
    public string Id { get; init; } = "";

    /// <summary>The room that it happened in.</summary>
    public LiveKitRoom? Room { get; init; }

    /// <summary>Whom it happened to. In <c>track_*</c> events only the sid and the identity.</summary>
    public LiveKitParticipant? Participant { get; init; }

    /// <summary>The track of a <c>track_*</c> event.</summary>
    public LiveKitTrack? Track { get; init; }

    /// <summary>The recording of an <c>egress_*</c> event.</summary>
    public LiveKitEgress? Egress { get; init; }
}
