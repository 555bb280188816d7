using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>The library's help of a command, and below it examples and exit statuses.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int Gap = 2;
    private const int LeastWidth = 20;

    /// <summary>The option that shows it, for every command.</summary>
    public static Option Option => new HelpOption
    {
        Recursive = true,
        Description = "Shows this page",
        Action = new HelpPage(),
    };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var help = new HelpAction();
        var status = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand command)
        {
            Tell(command, help.MaxWidth, parseResult.InvocationConfiguration.Output);
        }

        return status;
    }

    private static void Tell(DocumentedCommand command, int columns, TextWriter output)
    {
        if (command.List is { } list)
        {
            Section(list.Title, Aligned(list.Rows, columns), output);
        }

        Section(command.Examples.Count == 1 ? "Example" : "Examples", command.Examples, output);
        Section("Exit status", Aligned([.. command.ExitStatuses.Select(status => ($"{status.Number}", status.Meaning))], columns), output);
    }

    private static IReadOnlyList<string> Aligned(IReadOnlyList<(string Name, string Meaning)> rows, int columns)
    {
        var width = rows.Select(row => row.Name.Length).DefaultIfEmpty().Max() + Gap;
        return
        [
            .. rows.SelectMany(row => Wrapped(row.Meaning, Math.Max(columns - width - Gap, LeastWidth))
                .Select((line, number) => $"{(number == 0 ? row.Name : "").PadRight(width)}{line}")),
        ];
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        while (text.Length > width && text.LastIndexOf(' ', width) is var blank and > 0)
        {
            yield return text[..blank];
            text = text[(blank + 1)..];
        }

        yield return text;
    }

    private static void Section(string title, IReadOnlyList<string> lines, TextWriter output)
    {
        if (lines.Count == 0)
        {
            return;
        }

        output.WriteLine($"{title}:");
        foreach (var line in lines)
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
    }
}
