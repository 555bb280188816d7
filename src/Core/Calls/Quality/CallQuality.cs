using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls.Quality;

/// <summary>One measure of one leg in a call's record.</summary>
/// <param name="ParticipantSid">LiveKit's sid of the leg.</param>
/// <param name="Role">The leg's role in lower case.</param>
/// <param name="Measure">One of <see cref="QualityMeasure"/>.</param>
/// <param name="Count">How many values are in it.</param>
/// <param name="Median">The value in the middle, in seconds, or a share for the loss; to a twentieth of itself.</param>
/// <param name="P95">The value below which 95 of 100 are; to a twentieth of itself.</param>
/// <param name="Worst">The largest value.</param>
public sealed record CallQuality(
    string ParticipantSid, string Role, string Measure, long Count, double Median, double P95, double Worst)
{
    /// <summary>How many spikes were warned of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Warnings { get; init; }
}
