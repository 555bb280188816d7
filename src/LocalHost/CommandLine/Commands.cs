using System.CommandLine;
using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.LocalHost.DeadLetters;
using VoiceFunctions.LocalHost.Doctor;
using VoiceFunctions.LocalHost.Serve;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.LocalHost.Tenants;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>Every command of <c>./run.sh</c>.</summary>
internal static class Commands
{
    /// <summary>What is typed before every command.</summary>
    public const string Program = "./run.sh";

    /// <summary>The commands that <c>run.sh</c> hands to another program: known here for their help and for a sentence.</summary>
    private static readonly (string Name, string Does)[] Elsewhere =
    [
        ("agent", "Starts the sample agent on LiveKit Agents: ./run.sh agent dev (the default), or start on a server"),
        ("agent-python", "Starts the same agent in Python: dev (the default), or start on a server"),
        ("chaos", "Plays calls with faults against gateway processes that are killed; see chaos --help"),
    ];

    /// <summary>Runs what was asked for; the exit status is the command's, or 2 where the arguments are wrong.</summary>
    public static Task<int> RunAsync(string[] arguments, CommandConsole console, CancellationToken cancellationToken) =>
        RunAsync(Root(console), arguments, console, cancellationToken);

    /// <summary>Runs what was asked for of another program's commands.</summary>
    public static async Task<int> RunAsync(
        Command root, string[] arguments, CommandConsole console, CancellationToken cancellationToken)
    {
        string[] asked = arguments switch
        {
            ["help", .. var words] => [.. words, "--help"],
            [var command, "help"] => [command, "--help"],
            _ => arguments,
        };
        var parsed = root.Parse(asked, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpPage)
        {
            await console.Errors.WriteLineAsync(Refusal.Of(parsed));
            return ExitStatus.WrongArguments;
        }

        var invocation = new InvocationConfiguration
        {
            Output = console.Output,
            Error = console.Errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    /// <summary>A root for commands, with the help of all of them.</summary>
    /// <param name="description">What all of them are for.</param>
    /// <param name="console">Where it is said what may come next on a command line.</param>
    public static DocumentedCommand RootOf(string description, CommandConsole console)
    {
        var root = new DocumentedCommand(Program, description)
        {
            Examples = [$"{Program}", $"{Program} call", $"{Program} doctor --help"],
            ExitStatuses =
            [
                new(0, "the gateway was told to stop"),
                new(1, "it cannot start, and says why"),
                new(2, "the arguments are wrong, as for every command"),
            ],
        };
        root.Options.Add(HelpPage.Option);
        root.Subcommands.Add(CompletionCommand.Answering(root, console));
        return root;
    }

    /// <summary>Every command, below the one that serves.</summary>
    public static DocumentedCommand Root(CommandConsole console)
    {
        var root = RootOf(
            "Runs the gateway on this machine. Without a command it serves on http://127.0.0.1:7071. PORT and LISTEN_ADDRESS "
                + "change the address. Settings can be in .env.",
            console);
        root.SetAction((_, stop) => ServeCommand.RunAsync(console.Environment, console.Output, console.Errors, stop));
        root.Subcommands.Add(ServeCommand.Create(console));
        root.Subcommands.Add(HealthCommand.Create(console));
        root.Subcommands.Add(CallCommand.Create(console));
        root.Subcommands.Add(ProofCommand.Create(console));
        root.Subcommands.Add(ReplayCommand.Create(console));
        root.Subcommands.Add(DiffCommand.Create(console));
        root.Subcommands.Add(DoctorCommand.Create(console));
        root.Subcommands.Add(EventsCommand.Create(console));
        root.Subcommands.Add(TenantsCommand.Create(console));
        foreach (var (name, does) in Elsewhere)
        {
            root.Subcommands.Add(ElsewhereOf(name, does, console));
        }

        root.Subcommands.Add(CompletionCommand.Create(console));
        root.Subcommands.Add(new Command("help", "Shows this page, or that of a command"));
        return root;
    }

    private static DocumentedCommand ElsewhereOf(string name, string does, CommandConsole console)
    {
        var command = new DocumentedCommand(name, does)
        {
            TreatUnmatchedTokensAsErrors = false,
            Examples = [$"{Program} {name}"],
            ExitStatuses = [new(0, "it has finished, or was told to stop"), new(1, "it failed, and says why")],
        };
        command.SetAction(async _ =>
        {
            await console.Errors.WriteLineAsync($"{name} is another program: {Program} {name} starts it.");
            return ExitStatus.WrongArguments;
        });
        return command;
    }
}
