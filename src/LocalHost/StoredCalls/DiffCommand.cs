using System.CommandLine;
using System.Globalization;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary><c>diff --last N</c> and <c>diff FILE…</c>: decides stored calls again with this build, a line each.</summary>
internal static class DiffCommand
{
    private static readonly ValueOption<int> LastOption = new(
        "--last",
        "N",
        "a whole number of calls, from 1",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null)
    {
        Description = "How many of the newest calls of the journal are replayed",
    };

    private static readonly ValueArgument<string[]> FilesArgument = new("FILE", "files of proof --json or call --save, or folders of them")
    {
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> JsonOption = JsonText.Option("The calls and their differences");

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand(
            "diff", "Replays decisions of the newest stored calls, or of files, and prints a line for each call")
        {
            Examples = ["./run.sh diff --last 50", "./run.sh diff samples/stories"],
            ExitStatuses =
            [
                new(0, "nothing differs"),
                new(1, "a decision differs"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or nothing can be looked at"),
            ],
        };
        command.Arguments.Add(FilesArgument);
        command.Options.Add(LastOption);
        command.Options.Add(JsonOption);
        command.Validators.Add(result =>
        {
            if (result.GetResult(LastOption) is null != result.GetResult(FilesArgument) is { Tokens.Count: > 0 })
            {
                result.AddError("diff takes either --last N or files");
            }
        });
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(LastOption), parsed.GetValue(FilesArgument) ?? [], parsed.GetValue(JsonOption), console, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        int last, IReadOnlyList<string> files, bool isJson, CommandConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var source = StoredCallSource.From(console.Environment);
            var calls = last > 0
                ? await NewestAsync(source, last, console, cancellationToken)
                : await OfFilesAsync(source, files, cancellationToken);
            if (isJson)
            {
                console.Tell(ReplayedText.JsonOf(calls));
            }
            else
            {
                ReplayedText.TellAll(calls, console);
            }

            return calls.All(call => call.IsSame) ? 0 : 1;
        }
        catch (Exception nothing) when (nothing is StoredCallException or SettingsException or JournalUnavailableException)
        {
            await console.Errors.WriteLineAsync(nothing.Message);
            return ExitStatus.WrongArguments;
        }
    }

    private static async Task<IReadOnlyList<ReplayedCall>> OfFilesAsync(
        StoredCallSource source, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var calls = new List<ReplayedCall>();
        foreach (var file in files.SelectMany(StoredCallSource.FilesOf))
        {
            var (callId, rows) = await source.ReadAsync(file, cancellationToken);
            calls.Add(PolicyReplay.Replay(callId, rows, source.Routes));
        }

        return calls;
    }

    /// <summary>The newest calls of the journal; rooms that were no calls are passed over.</summary>
    private static async Task<IReadOnlyList<ReplayedCall>> NewestAsync(
        StoredCallSource source, int count, CommandConsole console, CancellationToken cancellationToken)
    {
        var calls = new List<ReplayedCall>();
        await ProgressBar.RunAsync(console, "calls", count, async tell =>
        {
            await foreach (var callId in source.Journal.ListNewestAsync(cancellationToken))
            {
                if (calls.Count == count)
                {
                    break;
                }

                if (PolicyReplay.Replay(callId, await source.Journal.ReadRowsAsync(callId, cancellationToken), source.Routes)
                    is { IsCall: true } call)
                {
                    calls.Add(call);
                    tell(calls.Count, $"{calls.Count} calls, {calls.Count(one => !one.IsSame)} differ");
                }
            }
        });
        return calls;
    }
}
