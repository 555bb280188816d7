using System.CommandLine;
using System.Globalization;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs.Replay;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary><c>diff --last N</c>: decides the newest calls of the journal again with this build, a line each.</summary>
internal static class DiffCommand
{
    private static readonly ValueOption<int> LastOption = new(
        "--last",
        "N",
        "a whole number of calls, from 1",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null)
    {
        Description = "How many of the newest calls are decided again",
        Required = true,
    };

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand("diff", "Decides the newest stored calls again with this build, a line each")
        {
            Examples = ["./run.sh diff --last 50"],
            ExitStatuses =
            [
                new(0, "nothing differs"),
                new(1, "a decision differs"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or nothing can be looked at"),
            ],
        };
        command.Options.Add(LastOption);
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(LastOption), console, stop));
        return command;
    }

    private static async Task<int> RunAsync(int count, CommandConsole console, CancellationToken cancellationToken)
    {
        try
        {
            return await CompareAsync(StoredCallSource.From(console.Environment), count, console, cancellationToken);
        }
        catch (Exception nothing) when (nothing is StoredCallException or SettingsException or JournalUnavailableException)
        {
            await console.Errors.WriteLineAsync(nothing.Message);
            return 2;
        }
    }

    /// <summary>Compares the newest calls of a source; rooms that were no calls are passed over.</summary>
    private static async Task<int> CompareAsync(
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

        ReplayedText.TellAll(calls, console);
        return calls.All(call => call.IsSame) ? 0 : 1;
    }
}
