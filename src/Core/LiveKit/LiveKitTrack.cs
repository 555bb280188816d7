namespace VoiceFunctions.Core.LiveKit;

/// <summary>A published track as LiveKit describes it.</summary>
public sealed record LiveKitTrack
{
    /// <summary>The track's id (<c>TR_…</c>).</summary>
    public string Sid { get; init; } = "";

    /// <summary>One of <see cref="LiveKitTrackType"/>, or a newer one.</summary>
    public string Type { get; init; } = LiveKitTrackType.Audio;

    /// <summary>Where the media comes from: <c>MICROPHONE</c>, <c>CAMERA</c>, … or <c>UNKNOWN</c>.</summary>
    public string Source { get; init; } = "UNKNOWN";

    /// <summary>The codec, such as <c>audio/opus</c>.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>Whether it is muted: nobody hears it.</summary>
    public bool IsMuted { get; init; }

    /// <summary>The publisher's name for the track.</summary>
    public string Name { get; init; } = "";
}
