using System.Diagnostics;

namespace VoiceFunctions.Worker.Hosting;

/// <summary>The published app as a host starts it. It ends with its owner, and also when the test process dies.</summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>A worker outlives a host that dies. This one's standard input ends with us, however we end, and so does it.</summary>
    private const string Leash = "exec 3<&0; (cat <&3; kill -KILL $$) >/dev/null 2>&1 & exec \"$@\" </dev/null 3<&-";

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    /// <summary>Starts it.</summary>
    /// <param name="host">Where its host listens.</param>
    /// <param name="settings">Its whole environment, but for what finds the .NET runtime and the app's folder.</param>
    public WorkerProcess(Uri host, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var (program, file) = PublishedApp.Worker;
        var start = new ProcessStartInfo("sh", ["-c", Leash, "sh", program, file, .. Arguments(host)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = PublishedApp.Folder,
        };
        foreach (var name in start.Environment.Keys.Except(["PATH", "HOME", "DOTNET_ROOT"]).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = PublishedApp.Folder;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start) ?? throw new InvalidOperationException("sh did not start.");
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>SIGTERM, as a host that stops sends it.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<WorkerEnd> EndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return new WorkerEnd(process.ExitCode, await output, await errors);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static string[] Arguments(Uri host) =>
    [
        "--functions-uri", host.AbsoluteUri,
        "--functions-worker-id", "worker-1",
        "--functions-request-id", "start-1",
        "--functions-grpc-max-message-length", "2147483647",
    ];
}
