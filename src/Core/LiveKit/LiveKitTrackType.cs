namespace VoiceFunctions.Core.LiveKit;

/// <summary>The types of track, as LiveKit names them.</summary>
public static class LiveKitTrackType
{
    /// <summary>Sound. What a missing type means.</summary>
    public const string Audio = "AUDIO";

    /// <summary>Pictures.</summary>
    public const string Video = "VIDEO";

    /// <summary>Data.</summary>
    public const string Data = "DATA";
}
