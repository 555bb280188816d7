namespace VoiceFunctions.Core.Routing.Recordings;

internal sealed record RecordingJson
{
    public string? Mode { get; init; }

    public string? Consent { get; init; }

    public string? Start { get; init; }

    public string? Format { get; init; }

    public int? RetentionDays { get; init; }
}
