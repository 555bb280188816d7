using System.Text.Json;

namespace VoiceFunctions.LocalHost.Replay;

/// <summary><c>replay FILE…</c>: prints a JSON line per call and one per recording.</summary>
internal static class ReplayCommand
{
    /// <summary>Runs the command; 0 where every promise held, 1 where one was broken or an authentic webhook refused, 2 where a file is no recording.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, TextWriter output, TextWriter errors)
    {
        if (paths.Count == 0)
        {
            await errors.WriteLineAsync("replay needs at least one recording: ./run.sh replay FILE…");
            return 2;
        }

        var exit = 0;
        foreach (var path in paths.SelectMany(FilesOf))
        {
            try
            {
                var result = await Replay.RunAsync(Recording.Read(path));
                foreach (var call in result.Calls)
                {
                    await output.WriteLineAsync(JsonSerializer.Serialize(call, ReplayJson.Plain.ReplayedCall));
                }

                await output.WriteLineAsync(JsonSerializer.Serialize(result.Summary, ReplayJson.Plain.ReplaySummary));
                foreach (var broken in result.BrokenPromises)
                {
                    await errors.WriteLineAsync($"{result.Summary.Recording}: broken promise: {broken}");
                    exit = Math.Max(exit, 1);
                }
            }
            catch (RecordingException unreadable)
            {
                await errors.WriteLineAsync(unreadable.Message);
                exit = 2;
            }
        }

        return exit;
    }

    private static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal) : [path];
}
