using System.CommandLine;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.Chaos;

/// <summary><c>chaos</c>: calls under faults, and what came of them.</summary>
internal static class ChaosCommand
{
    private const int Stopped = 130;

    /// <summary>The root with this one command, for this program is one of <c>./run.sh</c>.</summary>
    public static Command Root(CommandConsole console)
    {
        var root = Commands.RootOf("Plays calls under faults.", console);
        root.Subcommands.Add(Create(console));
        return root;
    }

    private static DocumentedCommand Create(CommandConsole console)
    {
        var command = new DocumentedCommand(
            "chaos", "Plays calls with faults against gateway processes that are killed, and counts broken promises")
        {
            Examples =
            [
                "./run.sh chaos --calls 200 --rate 4 --seed 1",
                "./run.sh chaos --faults kill,lose --hosts 1",
            ],
            ExitStatuses =
            [
                new(0, "every promise was kept"),
                new(1, "a promise was broken, or the run itself failed"),
                new(ExitStatus.WrongArguments, "the arguments are wrong"),
                new(Stopped, "it was stopped before its end"),
            ],
        };
        foreach (var option in ChaosOptions.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, stop) => RunAsync(ChaosOptions.Of(parsed), console, stop));
        return command;
    }

    private static async Task<int> RunAsync(ChaosOptions options, CommandConsole console, CancellationToken cancellationToken)
    {
        try
        {
            return await ChaosRun.PlayAsync(options, console, cancellationToken) ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Errors.WriteLineAsync("stopped");
            return Stopped;
        }
    }
}
