namespace VoiceFunctions.Core.LiveKit;

/// <summary>The types of track, as LiveKit names them.</summary>
public static class LiveKitTrackType
{
    /// <summary>Sound. Also the meaning of a missing type.</summary>
    public const string Audio = "AUDIO";

    /// <summary>Pictures.</summary>
    public const string Video = "VIDEO";

    /// <summary>Data.</summary>
    public const string Data = "DATA";
}
