using System.CommandLine;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>What an exit status of a command says.</summary>
/// <param name="Number">The status.</param>
/// <param name="Meaning">What it says.</param>
internal sealed record ExitStatus(int Number, string Meaning)
{
    /// <summary>The status of every command whose arguments are wrong.</summary>
    public const int WrongArguments = 2;
}

/// <summary>A command whose <c>--help</c> also has examples and says what its exit statuses mean.</summary>
/// <param name="name">Its word on the command line.</param>
/// <param name="description">What it does.</param>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines that work as they stand, but for ids and names.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>What its exit statuses mean; none where it only holds other commands.</summary>
    public IReadOnlyList<ExitStatus> ExitStatuses { get; init; } = [];

    /// <summary>A list that belongs into its help, with a title; <c>null</c> for none.</summary>
    public (string Title, IReadOnlyList<(string Name, string Meaning)> Rows)? List { get; init; }

    /// <summary>What was typed to get here, such as <c>./run.sh events dead</c>.</summary>
    public static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{PathOf(parent)} {command.Name}"
        : command.Name;
}
