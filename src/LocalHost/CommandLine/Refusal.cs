using System.CommandLine;
using System.CommandLine.Parsing;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>What is wrong with the arguments, in one sentence that says what to do.</summary>
internal static class Refusal
{
    /// <summary>The sentence.</summary>
    /// <param name="parsed">What was asked for; it has errors.</param>
    public static string Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = DocumentedCommand.PathOf(command);
        return $"{WrongOf(parsed, command, path)}: see {path} --help.";
    }

    private static string WrongOf(ParseResult parsed, Command command, string path)
    {
        var taken = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens);
        if (parsed.UnmatchedTokens.Concat(taken.Select(token => token.Value).Where(LooksLikeOption)).FirstOrDefault() is { } unknown)
        {
            return $"{path} does not know {Quoted(unknown)}{Meant(unknown, command)}";
        }

        var error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            CommandResult when command is { Action: null, Subcommands.Count: > 0 } =>
                $"{path} needs one of {string.Join(", ", command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name))}",
            OptionResult { Tokens.Count: 0, Option: ITakesValues { Expected: var expected } option } =>
                $"{((Option)option).Name} needs a value, {expected}",
            ArgumentResult { Tokens.Count: 0, Argument: ITakesValues { Expected: var expected } argument } =>
                $"{path} needs {((Argument)argument).Name}, {expected}",
            _ => string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.'),
        };
    }

    /// <summary>Whether somebody meant an option; a dash alone stands for what comes in.</summary>
    public static bool LooksLikeOption(string argument) => argument.Length > 1 && argument[0] == '-';

    /// <summary>An empty argument is seen.</summary>
    private static string Quoted(string argument) => argument.Length > 0 && !argument.Any(char.IsWhiteSpace) ? argument : $"'{argument}'";

    private static string Meant(string unknown, Command command) => command.Children
        .Where(symbol => !symbol.Hidden && symbol is Option or Command)
        .Select(symbol => (symbol.Name, Distance: Distance(unknown, symbol.Name)))
        .Where(one => one.Distance <= Math.Min(2, one.Name.Length / 2))
        .OrderBy(one => one.Distance)
        .Select(one => $" (did you mean {one.Name}?)")
        .FirstOrDefault("");

    /// <summary>How many letters are to be put in, taken away or changed.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= other.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, corner + (one[i - 1] == other[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}
