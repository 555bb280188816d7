using System.Text.Json;

namespace VoiceFunctions.LocalHost.Recordings;

/// <summary>A recording that is played, as lines of JSON: one for each of its calls and one for the whole.</summary>
internal static class PlayedText
{
    /// <summary>Plays a recording and tells what came of it; whether every promise was kept.</summary>
    /// <exception cref="RecordingException">The file is no recording.</exception>
    public static async Task<bool> TellAsync(string path, Func<string, string?> environment, TextWriter output, TextWriter errors)
    {
        var played = await RecordingPlayer.RunAsync(Recording.Read(path), environment);
        foreach (var call in played.Calls)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(call, PlayedJson.Plain.PlayedCallLine));
        }

        await output.WriteLineAsync(JsonSerializer.Serialize(played.Summary, PlayedJson.Plain.PlayedSummary));
        if (played.Unclaimed is { } toSet)
        {
            await errors.WriteLineAsync($"{played.Summary.Recording}: {toSet}");
        }

        foreach (var broken in played.BrokenPromises)
        {
            await errors.WriteLineAsync($"{played.Summary.Recording}: broken promise: {broken}");
        }

        return played.BrokenPromises.Count == 0;
    }
}
