using VoiceFunctions.Chaos.Faults;

namespace VoiceFunctions.Chaos;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Nothing_asked_for_is_two_hosts_and_every_fault()
    {
        var options = ChaosOptions.TryParse([], out _)!;

        Assert.Equal((2, "all"), (options.Hosts, FaultName.Spell(options.Faults)));
    }

    [Fact]
    public void The_command_repeats_the_run()
    {
        var options =
            ChaosOptions.TryParse(["--calls", "10000", "--rate", "4.5", "--seed", "7", "--hosts", "1", "--faults", "lose,kill"], out _)!;

        Assert.Equal("./run.sh chaos --calls 10000 --rate 4.5 --seed 7 --hosts 1 --faults kill,lose", options.Command);
        Assert.Equal(options.Command, ChaosOptions.TryParse(options.Command.Split(' ')[2..], out _)!.Command);
    }

    [Fact]
    public void The_storage_can_stand_still_for_longer()
    {
        var options = ChaosOptions.TryParse(["--pause", "40"], out _)!;

        Assert.Equal("./run.sh chaos --calls 200 --rate 4 --seed 1 --hosts 2 --faults all --pause 40", options.Command);
        Assert.Equal(5, ChaosOptions.TryParse([], out _)!.Pause);
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
    public void What_is_not_understood_is_named(params string[] arguments)
    {
        var options = ChaosOptions.TryParse(arguments, out var error);

        Assert.Null(options);
        Assert.StartsWith($"not understood: {string.Join(' ', arguments)}".TrimEnd(), error, StringComparison.Ordinal);
    }
}
