namespace VoiceFunctions.Core.LiveKit;

/// <summary>A recording as LiveKit describes it, in webhooks and in answers alike. Of its request only the file's path is read.</summary>
public sealed record LiveKitEgress
{
    /// <summary>The recording's id (<c>EG_…</c>).</summary>
    public string EgressId { get; init; } = "";

    /// <summary>The sid of the recorded room (<c>RM_…</c>).</summary>
    public string RoomId { get; init; } = "";

    /// <summary>The name of the recorded room.</summary>
    public string RoomName { get; init; } = "";

    /// <summary>One of <see cref="LiveKitEgressStatus"/>; a missing one means that it is starting.</summary>
    public string Status { get; init; } = LiveKitEgressStatus.Starting;

    /// <summary>The error of a recording that failed; otherwise empty. It can name the storage.</summary>
    public string Error { get; init; } = "";

    /// <summary>The HTTP status that goes with the error; 0 where there is none.</summary>
    public int ErrorCode { get; init; }

    /// <summary>The path of the file, as it was asked for; empty where it is not recorded into one file.</summary>
    public string Path { get; init; } = "";

    /// <summary>Where the file is, as a URL; empty before it was uploaded.</summary>
    public string Location { get; init; } = "";

    /// <summary>The file's size in bytes; 0 before it was written.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The recorded time in nanoseconds; 0 before it ended.</summary>
    public long DurationNs { get; init; }
}
