using System.CommandLine;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>
/// <c>completion SHELL</c> writes a script for a shell, which asks the hidden <c>complete LINE</c> at each press of Tab what may come next.
/// </summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] =
            """
            _voicefunctions() {
              [ "$(realpath -- "${1/#\~/$HOME}" 2>/dev/null)" = RUN_SH ] || return
              local IFS=' ' found
              local line="${COMP_WORDS[*]:1:COMP_CWORD}"
              mapfile -t found < <(RUN_SH complete "$line" 2>/dev/null)
              COMPREPLY=("${found[@]%%$'\t'*}")
            }
            complete -o default -o bashdefault -F _voicefunctions run.sh
            """,
        ["zsh"] =
            """
            _voicefunctions() {
              local me=${(Q)words[1]} tab=$'\t'
              me=${me/#\~/$HOME}
              if [[ ${me:A} == RUN_SH ]]; then
                local -a found
                found=("${(@f)$(RUN_SH complete "${(j: :)words[2,CURRENT]}" 2>/dev/null)}")
                found=("${(@)found//:/\\:}")
                found=("${(@)found/$tab/:}")
                [[ -z $found[1] ]] || { _describe command found && return }
              fi
              _files
            }
            compdef _voicefunctions run.sh
            """,
        ["fish"] =
            """
            function __voicefunctions
              set -l words (commandline -opc)
              test (realpath -- $words[1] 2>/dev/null) = RUN_SH; or return
              RUN_SH complete (string join ' ' -- $words[2..] (commandline -ct)) 2>/dev/null
            end
            complete -c run.sh -a '(__voicefunctions)'
            """,
    };

    /// <summary>The command that writes the script.</summary>
    public static Command Create(CommandConsole console)
    {
        var shell = new ValueArgument<string>("SHELL", "bash, zsh or fish");
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new DocumentedCommand(
            "completion", "Prints a script with which the Tab key of a shell completes commands, options and scenarios")
        {
            Examples = ["source <(./run.sh completion bash)"],
            ExitStatuses = [new(0, "the script is written"), new(ExitStatus.WrongArguments, "the arguments are wrong")],
        };
        command.Arguments.Add(shell);
        command.SetAction(parsed => console.Output.WriteLine(ScriptOf(parsed.GetRequiredValue(shell), Environment.CurrentDirectory)));
        return command;
    }

    /// <summary>The hidden command that answers the script.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="console">Where it answers.</param>
    public static Command Answering(Command root, CommandConsole console)
    {
        var line = new Argument<string>("LINE");
        var command = new Command("complete", "Says what may come next on a command line") { Hidden = true };
        command.Arguments.Add(line);
        command.SetAction(parsed =>
        {
            var text = parsed.GetRequiredValue(line);
            var word = text[(text.LastIndexOf(' ') + 1)..];
            foreach (var item in root.Parse(text).GetCompletions(text.Length))
            {
                if (item.Label.StartsWith(word, StringComparison.Ordinal) && item.Label is not ("-h" or "-?" or "/h" or "/?"))
                {
                    console.Output.WriteLine($"{item.Label}\t{item.Detail}".TrimEnd());
                }
            }
        });
        return command;
    }

    /// <summary>The script of a shell; it asks this <c>run.sh</c> and none of another project.</summary>
    private static string ScriptOf(string shell, string folder)
    {
        var path = Path.Combine(folder, "run.sh").Replace("'", "'\\''", StringComparison.Ordinal);
        return Scripts[shell].Replace("RUN_SH", $"'{path}'", StringComparison.Ordinal);
    }
}
