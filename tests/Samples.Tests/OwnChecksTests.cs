using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Samples;

/// <summary>The samples' own unit tests, type checks and linters.</summary>
public sealed partial class OwnChecksTests
{
    private static readonly string Tools = Repository.PathOf("tests", "samples");

    [Fact]
    public async Task The_agent_in_Node_passes_its_own_tests() =>
        Assert.InRange(Count(NodePassed(), await SamplePrograms.RunAsync(Npm("test"))), 35, int.MaxValue);

    [Fact]
    public Task The_agent_in_Node_keeps_its_types() => SamplePrograms.RunAsync(Npm("run", "types"));

    [Fact]
    public Task The_agent_in_Node_passes_its_linter() => SamplePrograms.RunAsync(Npm("run", "lint"));

    [Fact]
    public async Task The_agent_in_Python_passes_its_own_tests()
    {
        var (status, _, errors) = await SamplePrograms.EndAsync(SamplePrograms.OfPython("-m", "unittest", "discover", "-s", "tests"));

        Assert.True(status == 0, errors);
        Assert.InRange(Count(PythonRan(), errors), 30, int.MaxValue);
    }

    [Fact]
    public async Task The_agent_in_Python_keeps_its_types() => Assert.Contains(
        "0 errors",
        await SamplePrograms.RunAsync(Node(SamplePrograms.Python, Path.Combine(Tools, "node_modules", "pyright", "index.js"), "-p", ".")),
        StringComparison.Ordinal);

    [Fact]
    public async Task The_agent_in_Python_passes_its_linter() => Assert.Matches(
        "^[1-9][0-9]+ files, 0 findings",
        await SamplePrograms.RunAsync(Node(Tools, "ruff.mjs")));

    /// <summary>Whatever uses the SDK is not run here: it is at least Python.</summary>
    [Fact]
    public async Task Every_file_of_the_agent_in_Python_can_be_read()
    {
        var files = Directory.GetFiles(SamplePrograms.Python, "*.py");

        Assert.True(files.Length > 5);
        await SamplePrograms.RunAsync(SamplePrograms.OfPython(
            ["-c", "import sys\nfor name in sys.argv[1:]: compile(open(name).read(), name, 'exec')", .. files]));
    }

    private static ProcessStartInfo Npm(params string[] arguments) => new("npm", arguments) { WorkingDirectory = SamplePrograms.Node };

    private static ProcessStartInfo Node(string folder, params string[] arguments) => new("node", arguments) { WorkingDirectory = folder };

    private static int Count(Regex line, string output) =>
        int.Parse(line.Match(output).Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?:#|ℹ) pass ([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex NodePassed();

    [GeneratedRegex("^Ran ([0-9]+) tests", RegexOptions.Multiline)]
    private static partial Regex PythonRan();
}
