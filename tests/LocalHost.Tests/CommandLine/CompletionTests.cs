using System.Diagnostics;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>What a shell may offer at Tab.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("pr", "proof")]
    [InlineData("call --sc", "--scenario")]
    [InlineData("call --scenario cold-transfer-t", "cold-transfer-twilio")]
    [InlineData("events r", "replay")]
    [InlineData("completion z", "zsh")]
    public async Task The_end_of_a_word_is_offered(string line, string word)
    {
        var (status, output, _) = await Shell.RunAsync("complete", line);

        Assert.Equal(0, status);
        Assert.Equal(word, output.Split('\t', '\n')[0]);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task What_is_hidden_is_not_offered()
    {
        var (_, output, _) = await Shell.RunAsync("complete", "");

        Assert.Contains("tenants\t", output, StringComparison.Ordinal);
        Assert.DoesNotContain("complete\t", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_of_bash_completes_this_program_and_no_other_of_the_same_name()
    {
        var script = """
            source <("$1" completion bash 2>/dev/null)
            ask() { COMP_WORDS=(run.sh call --dup) COMP_CWORD=2 COMPREPLY=(); _voicefunctions "$1"; echo "${COMPREPLY[*]}."; }
            ask "$1"; ask /bin/true
            """;
        var run = Repository.PathOf("run.sh");

        // The script is made by the program itself: run.sh would build it first.
        var dll = Repository.PathOf("artifacts", "bin", "LocalHost", "release", "VoiceFunctions.LocalHost.dll");
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList =
            {
                "-c", script.Replace("\"$1\" completion", $"dotnet '{dll}' completion", StringComparison.Ordinal), "bash", run,
            },
            WorkingDirectory = Repository.Root,
        };

        Assert.Equal("--duplicate.\n.\n", await Programs.RunAsync(start, TestContext.Current.CancellationToken));
    }
}
