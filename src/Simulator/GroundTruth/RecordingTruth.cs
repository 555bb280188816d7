namespace VoiceFunctions.Simulator.GroundTruth;

/// <summary>What really became of one recording that the API was asked for.</summary>
/// <param name="EgressId">Its id.</param>
/// <param name="Path">The file that was asked for.</param>
/// <param name="Track">The recorded track; <c>null</c> for all of the room.</param>
/// <param name="AskedAt">When it was asked for.</param>
public sealed record RecordingTruth(string EgressId, string Path, string? Track, DateTimeOffset AskedAt)
{
    /// <summary>When it began to record; <c>null</c> where it never did.</summary>
    public DateTimeOffset? RecordsFrom { get; internal set; }

    /// <summary>When the API was told to stop it; <c>null</c> where it was not.</summary>
    public DateTimeOffset? StoppedAt { get; internal set; }

    /// <summary>When it ceased to record; <c>null</c> while it does.</summary>
    public DateTimeOffset? OverAt { get; internal set; }

    /// <summary>How it ended, in LiveKit's word; <c>null</c> while its file is not written.</summary>
    public string? Status { get; internal set; }
}
