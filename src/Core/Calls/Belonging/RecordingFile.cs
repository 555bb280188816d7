using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Core.Calls.Belonging;

/// <summary>
/// What a file of a recording holds. Its path says all of it, so that a recording belongs to a call whatever else is lost; it holds no
/// phone number. Recordings whose files are named otherwise are somebody else's.
/// </summary>
/// <param name="CallId">The call's id.</param>
/// <param name="Segment">Which part of the call, from 1: a pause ends one, and going on begins the next.</param>
/// <param name="Of">Whose sound it is: <see cref="Everybody"/>, or one of <c>caller</c>, <c>agent</c> and <c>human</c>.</param>
public sealed partial record RecordingFile(string CallId, int Segment, string Of)
{
    /// <summary>All of the room in one file.</summary>
    public const string Everybody = "room";

    /// <summary>The recorded track (<c>TR_…</c>); <c>null</c> for <see cref="Everybody"/>.</summary>
    public string? Track { get; init; }

    /// <summary>How many days the storage is meant to keep it; <c>null</c> for ever.</summary>
    public int? KeepDays { get; init; }

    /// <summary>The path without its ending: <c>keep-30d/{callId}/{segment}-{of}-{track}</c>, or <c>keep/…</c> for ever.</summary>
    [JsonIgnore]
    public string Path
    {
        get
        {
            var (keep, track) = (KeepDays is { } days ? $"keep-{days}d" : "keep", Track is null ? "" : $"-{Track}");
            return $"{keep}/{CallId}/{Segment}-{Of}{track}";
        }
    }

    /// <summary>Which recording of the call it is: the segment, and the track where it is one track's. A claim is named after it.</summary>
    [JsonIgnore]
    public string Unit => UnitOf(Segment, Track);

    /// <summary>The same by its parts.</summary>
    public static string UnitOf(int segment, string? track) =>
        string.Create(CultureInfo.InvariantCulture, $"{segment}{(track is null ? "" : $":{track}")}");

    /// <summary>The segment and the track that a unit names; the segment is 0 where it is none.</summary>
    public static (int Segment, string? Track) PartsOf(string unit)
    {
        var parts = unit.Split(':', 2);
        var isNumber = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var segment);
        return (isNumber ? segment : 0, parts.Length > 1 ? parts[1] : null);
    }

    /// <summary>Whether a track can be recorded: LiveKit made its sid.</summary>
    public static bool IsTrack(string sid) => TrackPattern.IsMatch(sid);

    /// <summary>What a path or an address of a file says; <c>null</c> where it is none of ours.</summary>
    public static RecordingFile? Parse(string path)
    {
        var match = PathPattern.Match(path);
        return match.Success
            ? new RecordingFile(match.Groups["call"].Value, Number(match.Groups["segment"]), match.Groups["of"].Value)
            {
                Track = match.Groups["track"] is { Success: true, Value: var track } ? track : null,
                KeepDays = match.Groups["days"].Success ? Number(match.Groups["days"]) : null,
            }
            : null;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?:^|/)keep(?:-(?<days>[1-9][0-9]{0,3})d)?/(?<call>[a-z2-7]{26})/(?<segment>[1-9][0-9]{0,3})-(?<of>room|caller|agent|human)"
            + @"(?:-(?<track>TR_[A-Za-z0-9_]{1,64}))?\.(?:ogg|mp3|mp4)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex PathPattern { get; }

    [GeneratedRegex(@"^TR_[A-Za-z0-9_]{1,64}\z")]
    private static partial Regex TrackPattern { get; }
}
