using System.Diagnostics;
using System.Globalization;

namespace VoiceFunctions.Core.Fuzzing;

/// <summary>
/// Every parser of what strangers send, against inputs that nobody would send in earnest. A few seconds with a fixed seed; FUZZ_SECONDS
/// gives all of them that long together, with the seed SEED (eng/nightly.sh fuzz). A failure shows its input in base64, which belongs into
/// <see cref="What_once_broke_a_parser_does_so_no_more"/>.
/// </summary>
public sealed class FuzzTests
{
    private const int FewInputs = 1000;

    private static readonly int Seconds = Variable("FUZZ_SECONDS", "0");
    private static readonly int Seed = Variable("SEED", "1");

    public static TheoryData<FuzzTarget> Targets { get; } = [.. FuzzTargets.All];

    [Theory]
    [MemberData(nameof(Targets), DisableDiscoveryEnumeration = true)]
    public void Whatever_comes_a_parser_keeps_its_promises(FuzzTarget target)
    {
        var fuzzer = new Fuzzer(target, Seed);
        var begun = Stopwatch.GetTimestamp();
        var share = TimeSpan.FromSeconds(Seconds) / FuzzTargets.All.Count;

        fuzzer.Run(tried => Seconds == 0 ? tried >= FewInputs : Stopwatch.GetElapsedTime(begun) >= share);

        TestContext.Current.TestOutputHelper?.WriteLine($"{target.Name}: {fuzzer.Tried} inputs came to {fuzzer.Outcomes} different things");
        Assert.True(fuzzer.Outcomes > 1, "Nothing but refusals, or nothing but good: the seeds do not reach the parser.");
    }

    [Theory]
    [InlineData("lease-request", "{\"callId\":\"abcdefghijklmnopqrstuvwxyz\",\"fence\":\"f\",\"epoch\":1,\"job\":\"AJ_1\\n\"}")]
    [InlineData("address", "sip:\u212Aost.example")]
    public void What_once_broke_a_parser_does_so_no_more(string target, string input) =>
        FuzzTargets.All.Single(known => known.Name == target).Check(System.Text.Encoding.UTF8.GetBytes(input));

    [Fact]
    public void A_parser_that_breaks_a_promise_is_found_with_the_input_that_shows_it()
    {
        var careless = new FuzzTarget("careless", ["12"u8.ToArray()], [], input => $"{int.Parse(input, CultureInfo.InvariantCulture) < 0}");
        var greedy = new FuzzTarget("greedy", ["12"u8.ToArray()], [], input => $"{new byte[input.Length * 1000 * 1000].Length > 0}");

        Assert.Contains(
            "FormatException", Assert.Throws<InvalidOperationException>(() => new Fuzzer(careless, 1).Run(tried => tried > 1000)).Message);
        Assert.Contains(
            "bytes for an input", Assert.Throws<InvalidOperationException>(() => new Fuzzer(greedy, 1).Run(tried => tried > 1000)).Message);
    }

    private static int Variable(string name, string missing) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? missing, NumberStyles.None, CultureInfo.InvariantCulture);
}
