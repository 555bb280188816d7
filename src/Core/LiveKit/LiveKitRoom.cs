namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// A room as LiveKit describes it. <c>track_*</c> webhooks contain only <see cref="Sid"/> and <see cref="Name"/>. The TURN password of
/// LiveKit's room is never kept. Its participant counts are not kept either, because they are often wrong.
/// </summary>
public sealed record LiveKitRoom
{
    /// <summary>
    /// The id of this session of the room (<c>RM_…</c>). A room that is created again under the same name gets a new one.
    /// </summary>
    public string Sid { get; init; } = "";

    /// <summary>The room's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The metadata from the room's creator.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>When the session began, in milliseconds since 1970 UTC; 0 if it is missing.</summary>
    public long CreationTimeMs { get; init; }

    /// <summary>How long the room stays open before the first participant joins, in seconds.</summary>
    public long EmptyTimeoutSeconds { get; init; }

    /// <summary>How long the room stays open after the last participant left, not counting agents, in seconds.</summary>
    public long DepartureTimeoutSeconds { get; init; }
}
