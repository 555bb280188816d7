using System.Diagnostics;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Samples;

/// <summary>Runs the programs of the two samples.</summary>
internal static class SamplePrograms
{
    public static string Node { get; } = Repository.PathOf("samples", "agent");

    public static string Python { get; } = Repository.PathOf("samples", "agent-python");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A program of the sample in Node, which needs npm ci.</summary>
    public static ProcessStartInfo OfNode(params string[] arguments)
    {
        Assert.True(Directory.Exists(Path.Combine(Node, "node_modules")), "Run npm ci in samples/agent and in tests/samples first.");
        return new("node", ["--import", "tsx", .. arguments]) { WorkingDirectory = Node };
    }

    /// <summary>A program of the sample in Python.</summary>
    public static ProcessStartInfo OfPython(params string[] arguments) =>
        new("python3", ["-B", .. arguments]) { WorkingDirectory = Python };

    /// <summary>What one job does with a gateway, step by step, in one of the languages: what came of each.</summary>
    public static async Task<string> LiveAsync(string language, string url, string id, string job, params string[] steps)
    {
        var token = LiveKitToken.MintFor(
            SampleGateway.Key,
            $"agent-{id}",
            LiveKitGrants.JoinAsAgent(SampleGateway.Room),
            TimeProvider.System.GetUtcNow(),
            LiveKitToken.DefaultLifetime);
        string[] arguments = [url, job, token, .. steps];
        var output = await RunAsync(
            language == "node" ? OfNode(["test/life.ts", .. arguments]) : OfPython(["tests/life.py", .. arguments]));
        return string.Join(", ", output.Trim().Split('\n'));
    }

    /// <summary>Runs a program to its end and gives what it wrote; one that ends badly fails the test with all that it said.</summary>
    public static async Task<string> RunAsync(ProcessStartInfo start)
    {
        var (status, output, errors) = await EndAsync(start);
        Assert.True(status == 0, $"{start.FileName} {string.Join(' ', start.ArgumentList)}\n{output}\n{errors}");
        return output;
    }

    /// <summary>Runs a program to its end, however it ends.</summary>
    public static async Task<(int Status, string Output, string Errors)> EndAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var errors = process.StandardError.ReadToEndAsync(Stop);
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, output, await errors);
    }
}
