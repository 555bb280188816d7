namespace VoiceFunctions.Core.Routing.Recordings;

/// <summary>Reads how an entry's calls are recorded. What it leaves out comes from the default's.</summary>
internal static class RecordingReader
{
    private const string Off = "off";
    private const string Tracks = "tracks";
    private const string Ogg = "ogg";
    private const string RoomMode = "room";
    private const string Agent = "agent";
    private const string Answer = "answer";

    /// <summary>How they are recorded; <c>null</c> for not at all.</summary>
    /// <param name="recording">The entry's words.</param>
    /// <param name="basis">The default's; <c>null</c> where that does not record.</param>
    /// <param name="where">The entry's place.</param>
    /// <param name="errors">Receives the errors.</param>
    public static RouteRecording? Read(RecordingJson recording, RouteRecording? basis, string where, ICollection<string> errors)
    {
        Check(recording.Mode, [Tracks, RoomMode, Off], $"{where}.mode", errors);
        Check(recording.Consent, ["none", Agent], $"{where}.consent", errors);
        Check(recording.Start, [Answer, "request"], $"{where}.start", errors);
        Check(recording.Format, [Ogg, "mp3", "mp4"], $"{where}.format", errors);
        if (recording.RetentionDays is < 1 or > RouteRecording.MaxRetentionDays)
        {
            errors.Add($"{where}.retentionDays: must be from 1 to {RouteRecording.MaxRetentionDays}");
        }

        if (recording.Mode == Off)
        {
            return null;
        }

        if (recording.Mode is null && basis is null)
        {
            errors.Add($"{where}.mode: is missing");
        }

        basis ??= new RouteRecording(recording.Mode == Tracks);
        var bySeparateTracks = recording.Mode is { } mode ? mode == Tracks : basis.BySeparateTracks;
        if (bySeparateTracks && recording.Format is not (null or Ogg))
        {
            errors.Add($"{where}.format: separate tracks are written as they come, in ogg");
        }

        return new RouteRecording(bySeparateTracks)
        {
            NeedsConsent = recording.Consent is { } consent ? consent == Agent : basis.NeedsConsent,
            StartsByItself = recording.Start is { } start ? start == Answer : basis.StartsByItself,
            Format = bySeparateTracks ? Ogg : recording.Format ?? basis.Format,
            RetentionDays = recording.RetentionDays ?? basis.RetentionDays,
        };
    }

    private static void Check(string? word, string[] words, string where, ICollection<string> errors)
    {
        if (word is not null && !words.Contains(word))
        {
            errors.Add($"{where}: must be {string.Join(", ", words[..^1])} or {words[^1]}");
        }
    }
}
