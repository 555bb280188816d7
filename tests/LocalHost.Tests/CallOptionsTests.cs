using VoiceFunctions.LocalHost.Call;

namespace VoiceFunctions.LocalHost;

public sealed class CallOptionsTests
{
    [Fact]
    public void Nothing_means_an_answered_call_without_faults()
    {
        var options = CallOptions.TryParse([], out _);

        Assert.Equal(("answered", 1, 1, 0d), (options!.Scenario.Name, options.FirstSeed, options.LastSeed, options.Faults.Lose));
    }

    [Fact]
    public void Every_option_is_read()
    {
        var options = CallOptions.TryParse(
            ["--scenario", "sip-trunk", "--seed", "3..9", "--duplicate", "0.5", "--reorder", "0.25", "--lose", "1", "--cost"],
            out _);

        Assert.Equal(("sip-trunk", 3, 9), (options!.Scenario.Name, options.FirstSeed, options.LastSeed));
        Assert.Equal((0.5, 0.25, 1d), (options.Faults.Duplicate, options.Faults.Reorder, options.Faults.Lose));
        Assert.True(options.TellsCost);
    }

    [Theory]
    [InlineData("--scenario", "unheard-of")]
    [InlineData("--seed", "x")]
    [InlineData("--seed", "9..3")]
    [InlineData("--lose", "1.5")]
    [InlineData("--lose")]
    [InlineData("--what", "1")]
    public async Task What_is_not_understood_is_named_and_the_scenarios_are_listed(params string[] arguments)
    {
        using var errors = new StringWriter();

        var exit = await CallCommand.RunAsync(arguments, TextWriter.Null, errors, TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Contains(arguments[0], errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("agent-never-joins", errors.ToString(), StringComparison.Ordinal);
    }
}
