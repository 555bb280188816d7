using System.Diagnostics;
using System.Text.RegularExpressions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>What the scripts name that only the nightly run starts; nobody would notice that a file was moved until then.</summary>
public sealed partial class LongScriptsTests
{
    [Fact]
    public async Task Every_file_that_mutation_testing_changes_is_there()
    {
        var start = new ProcessStartInfo("node", [Repository.PathOf("eng", "mutation", "score.mjs"), "files"]);

        var files = await Programs.RunAsync(start, TestContext.Current.CancellationToken);

        Assert.Contains("Calls/Dispatch/DispatchRules\n", files, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_test_that_the_nightly_script_starts_is_there()
    {
        var script = File.ReadAllText(Repository.PathOf("eng", "nightly.sh"));
        var named = TestClassPattern().Matches(script).Select(match => match.Value).ToHashSet();
        var there = Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension);

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(there));
    }

    [GeneratedRegex(@"\b[A-Z]\w+Tests\b")]
    private static partial Regex TestClassPattern();
}
