using System.CommandLine;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Recordings;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>
/// <c>replay FILE|CALLID…</c>. A call, by its id or out of a file that <c>proof --json</c> wrote, is decided again with this build.
/// A recording of LiveKit's webhooks is played to the gateway.
/// </summary>
internal static class ReplayCommand
{
    private static readonly ValueArgument<string[]> SourcesArgument =
        new("FILE|CALLID", "files of proof --json, recordings of LiveKit's webhooks, folders of them, or ids of stored calls")
        {
            Arity = ArgumentArity.OneOrMore,
        };

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand(
            "replay", "Decides stored calls again with this build and lists what differs; plays recordings of LiveKit's webhooks")
        {
            Examples = ["./run.sh replay CALLID", "./run.sh replay tests/fixtures/livekit"],
            ExitStatuses =
            [
                new(0, "nothing differs, and every promise of a recording was kept"),
                new(1, "a decision differs, or a promise was broken"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or something is neither a call nor a recording"),
            ],
        };
        command.Arguments.Add(SourcesArgument);
        command.SetAction((parsed, stop) => RunAsync(parsed.GetRequiredValue(SourcesArgument), console, stop));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> sources, CommandConsole console, CancellationToken cancellationToken)
    {
        var (environment, output, errors) = (console.Environment, console.Output, console.Errors);
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
