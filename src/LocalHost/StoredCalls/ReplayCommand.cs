using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Recordings;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>
/// <c>replay FILE|CALLID…</c>. A call, by its id or out of a file that <c>proof --json</c> wrote, is decided again with this build.
/// A recording of LiveKit's webhooks is played to the gateway.
/// </summary>
internal static class ReplayCommand
{
    /// <summary>
    /// Runs the command. The exit status is 0 where every promise was kept and every decision is the same, 1 where one was not, and 2 where
    /// something is neither a call nor a recording.
    /// </summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> sources,
        Func<string, string?> environment,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken)
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
                var isHistory = CallId.TryParse(source, out _) || StoredCallSource.TryReadFile(source) is not null;
                var isKept = isHistory
                    ? await DecideAgainAsync(source, environment, output, cancellationToken)
                    : await PlayedText.TellAsync(source, environment, output, errors);
                exit = Math.Max(exit, isKept ? 0 : 1);
            }
            catch (Exception unreadable)
                when (unreadable is RecordingException or StoredCallException or SettingsException or JournalUnavailableException)
            {
                await errors.WriteLineAsync(unreadable.Message);
                exit = 2;
            }
        }

        return exit;
    }

    private static async Task<bool> DecideAgainAsync(
        string source, Func<string, string?> environment, TextWriter output, CancellationToken cancellationToken)
    {
        var histories = StoredCallSource.From(environment);
        var (callId, rows) = await histories.ReadAsync(source, cancellationToken);
        var call = PolicyReplay.Replay(callId, rows, histories.Routes);
        await ReplayedText.TellAsync(call, output);
        return call is { HasSteps: true, IsSame: true };
    }

    private static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal) : [path];
}
