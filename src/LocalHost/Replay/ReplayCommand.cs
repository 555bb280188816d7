using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Stories;

namespace VoiceFunctions.LocalHost.Replay;

/// <summary>
/// <c>replay FILE|CALLID…</c>: recordings of LiveKit's webhooks are fed into the gateway, with a JSON line per call and one per recording; stored calls, by their id or out of a file that
/// <c>proof --json</c> wrote, are decided again.
/// </summary>
internal static class ReplayCommand
{
    /// <summary>Runs the command; 0 where every promise held and no decision differs, 1 otherwise and where an authentic webhook was refused, 2 where something cannot be replayed.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> sources, Func<string, string?> environment, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (sources.Count == 0)
        {
            await errors.WriteLineAsync("replay needs at least one recording or call: ./run.sh replay FILE|CALLID…");
            return 2;
        }

        var exit = 0;
        foreach (var source in sources.SelectMany(FilesOf))
        {
            try
            {
                var isStory = CallId.TryParse(source, out _) || StorySource.TryReadFile(source) is not null;
                exit = Math.Max(exit, isStory ? await RetakeAsync(source, environment, output, cancellationToken) : await FeedAsync(source, output, errors));
            }
            catch (Exception nothing) when (nothing is RecordingException or StoryException or SettingsException or JournalUnavailableException)
            {
                await errors.WriteLineAsync(nothing.Message);
                exit = 2;
            }
        }

        return exit;
    }

    private static async Task<int> FeedAsync(string path, TextWriter output, TextWriter errors)
    {
        var result = await Replay.RunAsync(Recording.Read(path));
        foreach (var call in result.Calls)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(call, ReplayJson.Plain.ReplayedCallLine));
        }

        await output.WriteLineAsync(JsonSerializer.Serialize(result.Summary, ReplayJson.Plain.ReplaySummary));
        foreach (var broken in result.BrokenPromises)
        {
            await errors.WriteLineAsync($"{result.Summary.Recording}: broken promise: {broken}");
        }

        return result.BrokenPromises.Count == 0 ? 0 : 1;
    }

    private static async Task<int> RetakeAsync(string source, Func<string, string?> environment, TextWriter output, CancellationToken cancellationToken)
    {
        var stories = StorySource.From(environment);
        var (callId, rows) = await stories.ReadAsync(source, cancellationToken);
        var call = PolicyReplay.Replay(callId, rows, stories.Routes);
        await ReplayedText.TellAsync(call, output);
        return call is { HasSteps: true, IsSame: true } ? 0 : 1;
    }

    private static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal) : [path];
}
