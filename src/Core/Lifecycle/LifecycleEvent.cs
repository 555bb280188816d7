using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Lifecycle;

/// <summary>Something that happened to a call or to a document, for subscribers.</summary>
/// <param name="Id">The same for every repetition of the same event: <c>{callId}:{NAME}</c> with the sid, epoch or round behind it where
/// there can be several; for a document a digest of its contents.</param>
/// <param name="Name">One of <see cref="LifecycleEventName"/>.</param>
/// <param name="CallId">The call; empty for a document.</param>
/// <param name="At">When it happened as far as the gateway knows, UTC.</param>
public sealed record LifecycleEvent(string Id, string Name, string CallId, DateTimeOffset At)
{
    /// <summary>The document, for INGEST_QUEUED.</summary>
    public string? DocumentId { get; init; }

    /// <summary>Into how many passages the document was cut, for INGEST_QUEUED.</summary>
    public int? Passages { get; init; }

    /// <summary>What it is about: the call or the document.</summary>
    [JsonIgnore]
    public string Subject => DocumentId ?? CallId;

    /// <summary>The participant's sid, for a participant's events.</summary>
    public string? ParticipantSid { get; init; }

    /// <summary>The participant's role in lower case, for a participant's events.</summary>
    public string? Role { get; init; }

    /// <summary>
    /// LiveKit's disconnect reason for PARTICIPANT_LEFT, the cause for CALL_ENDED and CALL_NOT_ANSWERED, the reason for EVENTS_OMITTED and
    /// RECORDING_FAILED, the measure for QUALITY_WARNING.
    /// </summary>
    public string? Cause { get; init; }

    /// <summary>The epoch of the dispatch, from 1, for AGENT_DISPATCHED.</summary>
    public int? Epoch { get; init; }

    /// <summary>Which way the call went, for CALL_STARTED.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>What was measured, in seconds or as a share, for QUALITY_WARNING.</summary>
    public double? Value { get; init; }

    /// <summary>The median of what was measured before, for QUALITY_WARNING.</summary>
    public double? Baseline { get; init; }

    /// <summary>Whether it was inferred from LiveKit's answers instead of reported by a webhook.</summary>
    public bool Inferred { get; init; }

    /// <summary>An event of a call.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="name">One of <see cref="LifecycleEventName"/>.</param>
    /// <param name="key">Tells several events of the name apart: a sid, an epoch or a round; <c>null</c> where there is one.</param>
    /// <param name="at">When it happened, UTC.</param>
    internal static LifecycleEvent Of(CallId callId, string name, string? key, DateTimeOffset at) =>
        new(IdOf(callId, name, key), name, callId.Value, at);

    /// <summary>The id of an event of a call.</summary>
    internal static string IdOf(CallId callId, string name, string? key) =>
        key is null ? string.Concat(callId.Value, ":", name) : string.Concat([callId.Value, ":", name, ":", key]);
}
