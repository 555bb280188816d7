using System.CommandLine;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>Every command says what it does, what it takes and how it ends, and what was wrong.</summary>
public sealed class HelpTests
{
    private static readonly CommandConsole Nobody = new(_ => null, Stream.Null, TextWriter.Null, TextWriter.Null);

    public static TheoryData<string> Paths => [.. Every(Commands.Root(Nobody)).Select(command => DocumentedCommand.PathOf(command))];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Help_shows_what_a_command_does_its_options_an_example_and_its_exit_statuses(string path)
    {
        var command = Find(path);

        var (status, output, errors) = await Shell.RunAsync([.. path.Split(' ')[1..], "--help"]);

        Assert.Equal((0, ""), (status, errors));
        foreach (var part in (string[])[command.Description!, "Usage:", "Exit status:", "Example"])
        {
            Assert.Contains(part, output, StringComparison.Ordinal);
        }

        Assert.NotEmpty(command.Examples);
        Assert.All(command.Examples, example => Assert.Contains(path, example, StringComparison.Ordinal));
        Assert.All(command.Options, option => Assert.Contains($"{option.Name} ", output, StringComparison.Ordinal));
        Assert.All(command.Options, option => Assert.NotEmpty(option.Description!));
        Assert.Contains(command.ExitStatuses, exit => exit.Number == ExitStatus.WrongArguments);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task An_option_that_is_none_is_named_in_one_sentence_with_status_2(string path)
    {
        var (status, output, errors) = await Shell.RunAsync([.. path.Split(' ')[1..], "--nonsense"]);

        Assert.Equal((2, ""), (status, output));
        Assert.Equal($"{path} does not know --nonsense: see {path} --help.{Environment.NewLine}", errors);
    }

    [Theory]
    [InlineData("events", "./run.sh events needs one of dead, replay")]
    [InlineData("events replay", "events replay takes either ids of dead letters or --all")]
    [InlineData("diff", "diff takes either --last N or files")]
    [InlineData("diff --last many", "--last takes a whole number of calls, from 1, and not 'many'")]
    [InlineData("doctor --yes", "--yes is only for --fix")]
    [InlineData("doctor --number 12", "--number takes a phone number with its country, such as +15550100, and not '12'")]
    [InlineData("proof --json --cost x", "proof prints the cost only as text, so leave out --json or --cost")]
    [InlineData("call --seed 1..3 --save x", "--save saves only one call, so give --seed one number instead of a range")]
    [InlineData("call --seed x --save y", "--seed takes a whole number such as 7, or a range such as 1..200, and not 'x'")]
    [InlineData("completion tcsh", "Argument 'tcsh' not recognized. Must be one of: 'bash' 'zsh' 'fish'")]
    [InlineData("tenants add --jsn", "./run.sh tenants add does not know --jsn (did you mean --json?)")]
    [InlineData("doctor request -x", "./run.sh doctor request does not know -x")]
    [InlineData("evnts", "./run.sh does not know evnts (did you mean events?)")]
    public async Task What_is_wrong_is_said_in_one_sentence_that_says_what_to_do(string line, string sentence)
    {
        var (status, output, errors) = await Shell.RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (status, output));
        Assert.StartsWith($"{sentence}: see ./run.sh", errors, StringComparison.Ordinal);
        Assert.EndsWith($"--help.{Environment.NewLine}", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Help_of_a_command_is_its_help_page()
    {
        var (_, page, _) = await Shell.RunAsync("tenants", "add", "--help");

        Assert.Equal(page, (await Shell.RunAsync("help", "tenants", "add")).Output);
        Assert.Contains("./run.sh [command]", (await Shell.RunAsync("help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_of_another_program_says_how_it_is_started()
    {
        var (status, _, errors) = await Shell.RunAsync("chaos", "--calls", "3");

        Assert.Equal(2, status);
        Assert.Contains("./run.sh chaos starts it", errors, StringComparison.Ordinal);
        Assert.Contains("LiveKit Agents", (await Shell.RunAsync("agent", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documents_have_the_exit_statuses_of_every_command()
    {
        static string Of(DocumentedCommand command) =>
            string.Join("; ", command.ExitStatuses.Select(exit => $"{exit.Number}: {exit.Meaning}"));
        var rows = Every(Commands.Root(Nobody)).Select(command => $"| `{DocumentedCommand.PathOf(command)}` | {Of(command)} |");
        var table = File.ReadAllText(Repository.PathOf("docs", "running.md")).Split("<!-- exit -->")[1].Split("<!-- /exit -->")[0];

        Assert.Equal(rows, table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)
            && !line.StartsWith("| `./run.sh chaos`", StringComparison.Ordinal)));
    }

    private static IEnumerable<DocumentedCommand> Every(DocumentedCommand command) =>
        command.Subcommands.OfType<DocumentedCommand>()
            .Where(inner => inner.TreatUnmatchedTokensAsErrors) // The others are other programs.
            .SelectMany(Every)
            .Prepend(command);

    private static DocumentedCommand Find(string path) =>
        Every(Commands.Root(Nobody)).Single(command => DocumentedCommand.PathOf(command) == path);
}
