using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost;

/// <summary>Command lines, as <c>./run.sh</c> hands them over.</summary>
internal static class Shell
{
    /// <summary>Runs one, and gives its exit status.</summary>
    public static Task<int> RunAsync(
        string[] arguments, Func<string, string?> environment, TextWriter output, TextWriter errors, CancellationToken cancellationToken) =>
        Commands.RunAsync(arguments, new CommandConsole(environment, Stream.Null, output, errors), cancellationToken);

    /// <summary>Runs one without settings, and gives its exit status and what it said.</summary>
    public static async Task<(int Status, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var status = await RunAsync(arguments, _ => null, output, errors, TestContext.Current.CancellationToken);
        return (status, $"{output}", $"{errors}");
    }
}
