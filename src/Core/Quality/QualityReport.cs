using System.Text.Json;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Quality;

/// <summary>What an agent or a client reports of a leg.</summary>
/// <param name="Participant">The leg's sid or identity; <c>null</c> for whoever reports.</param>
/// <param name="IsFinal">Whether it is the last report: then everything is stored that was not yet.</param>
/// <param name="Samples">What was measured, the oldest first.</param>
internal sealed record QualityReport(string? Participant, bool IsFinal, IReadOnlyList<QualitySample> Samples)
{
    /// <summary>The most entries of a report.</summary>
    public const int MaxSamples = 500;

    /// <summary>Reads <c>{"participant","samples","final"}</c>; other fields are passed over.</summary>
    /// <param name="body">The body.</param>
    /// <param name="error">What is wrong, in a sentence that names the field and repeats nothing of the body.</param>
    public static QualityReport? Parse(ReadOnlyMemory<byte> body, out string error) =>
        JsonRequest.ReadFields<QualityReport>(body, Read, out error);

    private static QualityReport? Read(JsonElement json, out string error)
    {
        var participant = JsonRequest.TextOf(json, "participant");
        var hasSamples = json.TryGetProperty("samples", out var list) && list.ValueKind == JsonValueKind.Array;
        error = json.TryGetProperty("participant", out var named) && participant is null && named.ValueKind != JsonValueKind.Null
            ? "participant is no text."
            : !hasSamples ? "samples is missing or no list."
            : list.GetArrayLength() > MaxSamples ? $"samples has more than {MaxSamples} entries."
            : "";
        var samples = new List<QualitySample>();
        for (var index = 0; error.Length == 0 && index < list.GetArrayLength(); index++)
        {
            if (QualitySampleReader.Read(list[index], out var fault) is { } read)
            {
                samples.AddRange(read);
            }
            else
            {
                error = $"samples[{index}]{fault}";
            }
        }

        var isFinal = json.TryGetProperty("final", out var flag) && flag.ValueKind == JsonValueKind.True;
        return error.Length == 0 ? new QualityReport(participant, isFinal, samples) : null;
    }
}
