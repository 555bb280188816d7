namespace VoiceFunctions.Core.Routing.Recordings;

/// <summary>How the calls of a route are recorded. Each call has one recording at a time, of one file or of one for each track.</summary>
/// <param name="BySeparateTracks">
/// Whether caller, agent and human each get a file of their own; otherwise all of the room goes into one.
/// </param>
public sealed record RouteRecording(bool BySeparateTracks)
{
    /// <summary>How long a file may be meant to be kept at most, in days.</summary>
    public const int MaxRetentionDays = 3650;

    /// <summary>Whether nothing is recorded before the voice agent said that the caller agrees.</summary>
    public bool NeedsConsent { get; init; }

    /// <summary>Whether it begins by itself when the call is answered; otherwise it waits until somebody wants it.</summary>
    public bool StartsByItself { get; init; } = true;

    /// <summary>The files' format and ending: <c>ogg</c>, <c>mp3</c> or <c>mp4</c>. Separate tracks are written in ogg.</summary>
    public string Format { get; init; } = "ogg";

    /// <summary>How many days the storage is meant to keep a file; <c>null</c> for ever. It stands in the file's path.</summary>
    public int? RetentionDays { get; init; }
}
