using System.CommandLine;
using System.Text.Json.Nodes;
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
        new(
            "FILE|CALLID",
            "files of proof --json or call --save, recordings of LiveKit's webhooks, folders of them, or ids of stored calls")
        {
            Arity = ArgumentArity.OneOrMore,
        };

    private static readonly Option<bool> JsonOption = JsonText.Option("Differences, and the results of recordings,");

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand(
            "replay", "Replays decisions of stored calls with this build and lists differences; also replays LiveKit recordings")
        {
            Examples = ["./run.sh replay samples/stories", "./run.sh replay CALLID", "./run.sh replay tests/fixtures/livekit"],
            ExitStatuses =
            [
                new(0, "nothing differs, and every promise of a recording was kept"),
                new(1, "a decision differs, or a promise was broken"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or something is neither a call nor a recording"),
            ],
        };
        command.Arguments.Add(SourcesArgument);
        command.Options.Add(JsonOption);
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(SourcesArgument), parsed.GetValue(JsonOption), console, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<string> sources, bool isJson, CommandConsole console, CancellationToken cancellationToken)
    {
        var (exit, calls, recordings) = (0, new JsonArray(), new JsonArray());
        foreach (var source in sources.SelectMany(StoredCallSource.FilesOf))
        {
            try
            {
                var isHistory = CallId.TryParse(source, out _) || StoredCallSource.TryReadFile(source) is not null;
                var isKept = isHistory
                    ? await DecideAgainAsync(source, console, isJson ? calls : null, cancellationToken)
                    : await PlayAsync(source, console, isJson ? recordings : null);
                exit = Math.Max(exit, isKept ? 0 : 1);
            }
            catch (Exception unreadable)
                when (unreadable is RecordingException or StoredCallException or SettingsException or JournalUnavailableException)
            {
                await console.Errors.WriteLineAsync(unreadable.Message);
                exit = ExitStatus.WrongArguments;
            }
        }

        if (isJson)
        {
            console.Tell(new JsonObject { ["kept"] = exit == 0, ["calls"] = calls, ["recordings"] = recordings });
        }

        return exit;
    }

    private static async Task<bool> DecideAgainAsync(
        string source, CommandConsole console, JsonArray? calls, CancellationToken cancellationToken)
    {
        var histories = StoredCallSource.From(console.Environment);
        var (callId, rows) = await histories.ReadAsync(source, cancellationToken);
        var call = PolicyReplay.Replay(callId, rows, histories.Routes);
        if (calls is null)
        {
            await ReplayedText.TellAsync(call, console.Output);
        }
        else
        {
            calls.Add((JsonNode?)ReplayedText.JsonOf(call));
        }

        return call is { HasSteps: true, IsSame: true };
    }

    private static async Task<bool> PlayAsync(string path, CommandConsole console, JsonArray? recordings)
    {
        var played = await RecordingPlayer.RunAsync(Recording.Read(path), console.Environment);
        if (recordings is null)
        {
            await PlayedText.TellAsync(played, console);
        }
        else
        {
            recordings.Add(PlayedText.JsonOf(played));
        }

        return played.BrokenPromises.Count == 0;
    }
}
