using VoiceFunctions.Chaos.Faults;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Chaos;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Nothing_asked_for_is_two_hosts_and_every_fault()
    {
        var options = Read();

        Assert.Equal((2, "all"), (options.Hosts, FaultName.Spell(options.Faults)));
    }

    [Fact]
    public void The_command_repeats_the_run()
    {
        var options = Read("--calls", "10000", "--rate", "4.5", "--seed", "7", "--hosts", "1", "--faults", "lose,kill");

        Assert.Equal("./run.sh chaos --calls 10000 --rate 4.5 --seed 7 --hosts 1 --faults kill,lose", options.Command);
        Assert.Equal(options.Command, Read(options.Command.Split(' ')[2..]).Command);
    }

    [Fact]
    public void The_storage_can_stand_still_for_longer()
    {
        var options = Read("--pause", "40");

        Assert.Equal("./run.sh chaos --calls 200 --rate 4 --seed 1 --hosts 2 --faults all --pause 40", options.Command);
        Assert.Equal(5, Read().Pause);
    }

    [Theory]
    [InlineData("--calls", "0")]
    [InlineData("--calls", "many")]
    [InlineData("--rate", "-1")]
    [InlineData("--hosts", "3")]
    [InlineData("--faults", "kill,flood")]
    [InlineData("--faults", "")]
    [InlineData("--seed")]
    [InlineData("--pause", "0")]
    [InlineData("--pause", "121")]
    [InlineData("--speed", "2")]
    public async Task What_is_wrong_is_said_in_one_sentence(params string[] arguments)
    {
        using var errors = new StringWriter();
        var console = new CommandConsole(_ => null, Stream.Null, TextWriter.Null, errors);

        var status = await Commands.RunAsync(
            ChaosCommand.Root(console), ["chaos", .. arguments], console, TestContext.Current.CancellationToken);

        Assert.Equal(2, status);
        Assert.Contains(arguments[0], $"{errors}", StringComparison.Ordinal);
        Assert.EndsWith($": see ./run.sh chaos --help.{Environment.NewLine}", $"{errors}", StringComparison.Ordinal);
        Assert.Single($"{errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_documents_have_its_exit_statuses()
    {
        var console = new CommandConsole(_ => null, Stream.Null, TextWriter.Null, TextWriter.Null);
        var command = ChaosCommand.Root(console).Subcommands.OfType<DocumentedCommand>().Single();
        var statuses = string.Join("; ", command.ExitStatuses.Select(exit => $"{exit.Number}: {exit.Meaning}"));

        Assert.Contains(
            $"| `./run.sh chaos` | {statuses} |", File.ReadAllText(Repository.PathOf("docs", "running.md")), StringComparison.Ordinal);
    }

    private static ChaosOptions Read(params string[] arguments)
    {
        var console = new CommandConsole(_ => null, Stream.Null, TextWriter.Null, TextWriter.Null);
        return ChaosOptions.Of(ChaosCommand.Root(console).Parse(["chaos", .. arguments]));
    }
}
