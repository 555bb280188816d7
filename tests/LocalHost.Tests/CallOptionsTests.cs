using VoiceFunctions.LocalHost.Call;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost;

public sealed class CallOptionsTests
{
    [Fact]
    public void Nothing_means_an_answered_call_without_faults()
    {
        var options = Read();

        Assert.Equal(("answered", new SeedRange(1, 1), 0d), (options.Scenario.Name, options.Seeds, options.Faults.Lose));
    }

    [Fact]
    public void Every_option_is_read()
    {
        var options = Read(
            "--scenario", "sip-trunk", "--seed", "3..9", "--duplicate", "0.5", "--reorder", "0.25", "--lose", "1", "--cost",
            "--clock-jump", "-30");

        Assert.Equal(("sip-trunk", new SeedRange(3, 9)), (options.Scenario.Name, options.Seeds));
        Assert.Equal((0.5, 0.25, 1d), (options.Faults.Duplicate, options.Faults.Reorder, options.Faults.Lose));
        Assert.Equal((true, TimeSpan.FromSeconds(-30)), (options.TellsCost, options.ClockJump));
    }

    [Theory]
    [InlineData("--scenario unheard-of", "--scenario takes the name of a scenario, which --help lists, and not 'unheard-of'")]
    [InlineData("--seed x", "--seed takes a whole number such as 7, or a range such as 1..200, and not 'x'")]
    [InlineData("--seed 9..3", "--seed takes a whole number such as 7, or a range such as 1..200, and not '9..3'")]
    [InlineData("--lose 1.5", "--lose takes a probability from 0 to 1, and not '1.5'")]
    [InlineData("--lose", "--lose needs a value, a probability from 0 to 1")]
    [InlineData("--what 1", "./run.sh call does not know --what")]
    [InlineData("--sead 1", "./run.sh call does not know --sead (did you mean --seed?)")]
    public async Task What_is_wrong_is_said_in_one_sentence(string arguments, string sentence)
    {
        var (status, output, errors) = await Shell.RunAsync(["call", .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (status, output));
        Assert.Equal($"{sentence}: see ./run.sh call --help.{Environment.NewLine}", errors);
    }

    private static CallOptions Read(params string[] arguments) => CallOptions.Of(
        CallCommand.Create(new CommandConsole(_ => null, Stream.Null, TextWriter.Null, TextWriter.Null)).Parse(arguments));
}
