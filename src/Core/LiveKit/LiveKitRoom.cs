namespace VoiceFunctions.Core.LiveKit;

/// <summary>
/// A room as LiveKit describes it. <c>track_*</c> webhooks carry only <see cref="Sid"/> and <see cref="Name"/>. The TURN password that LiveKit sends along is never
/// kept, and neither are its participant counts, which are often wrong.
/// </summary>
public sealed record LiveKitRoom
{
    /// <summary>The id of this session of the room (<c>RM_…</c>). The same name gets a new one each time it begins again.</summary>
    public string Sid { get; init; } = "";

    /// <summary>The room's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the creator attached to the room.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>When the session began, in milliseconds since 1970 UTC; 0 where it is not told.</summary>
    public long CreationTimeMs { get; init; }

    /// <summary>Seconds that a room stays open in which nobody was yet.</summary>
    public long EmptyTimeoutSeconds { get; init; }

    /// <summary>Seconds that a room stays open after the last participant left who is no agent.</summary>
    public long DepartureTimeoutSeconds { get; init; }
}
