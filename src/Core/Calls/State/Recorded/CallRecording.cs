using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls.State.Recorded;

/// <summary>One recording in a call's record.</summary>
/// <param name="Segment">Which part of the call it holds, from 1.</param>
/// <param name="Of">Whose sound it is: <c>room</c>, <c>caller</c>, <c>agent</c> or <c>human</c>; <c>null</c> where it never began.</param>
/// <param name="Status"><c>starting</c>, <c>recording</c>, <c>ready</c> or <c>failed</c>.</param>
public sealed record CallRecording(int Segment, string? Of, string Status)
{
    /// <summary>The status of one that was asked for and does not record yet.</summary>
    public const string Starting = "starting";

    /// <summary>The status of one that goes on, or whose file is being written.</summary>
    public const string Going = "recording";

    /// <summary>The status of one whose file is there.</summary>
    public const string Ready = "ready";

    /// <summary>The status of one that has no file, or of which nobody knows whether it has one.</summary>
    public const string Failed = "failed";

    /// <summary>What a claim comes to that was given up because nobody wanted the recording any more: that is no failure.</summary>
    public const string NotWanted = "not_wanted";

    /// <summary>LiveKit's id (<c>EG_…</c>); <c>null</c> where it never began.</summary>
    public string? EgressId { get; init; }

    /// <summary>The recorded track (<c>TR_…</c>); <c>null</c> for all of the room.</summary>
    public string? TrackSid { get; init; }

    /// <summary>The sid of the participant whose track it is; <c>null</c> for all of the room.</summary>
    public string? ParticipantSid { get; init; }

    /// <summary>Whether it was one too many, and was stopped for that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSurplus { get; init; }

    /// <summary>When LiveKit took it, as far as is known, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was over, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The file's address.</summary>
    public string? Location { get; init; }

    /// <summary>The file's size in bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The recorded time in seconds.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Why it failed, in LiveKit's words where it said something.</summary>
    public string? Error { get; init; }

    /// <summary>Until when the storage is meant to keep the file, UTC; <c>null</c> for ever. The storage's own rule deletes it.</summary>
    public DateTimeOffset? KeptUntil { get; init; }
}
