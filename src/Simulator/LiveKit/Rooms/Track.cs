namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>An audio track.</summary>
internal sealed record Track(string Sid, string Name, string MimeType, string Mid, string Cid, long VersionMicros)
{
    /// <summary>Whether nobody hears it.</summary>
    public bool IsMuted { get; init; }
}
