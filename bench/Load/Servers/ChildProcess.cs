using System.Diagnostics;
using System.Text;

namespace VoiceFunctions.Bench.Load.Servers;

/// <summary>A process on the servers' core. It ends with us, and nothing else does.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Queue<string> lastLines = new();

    private bool isDisposed;

    private ChildProcess(Process process) => (this.process, Id) = (process, process.Id);

    public int Id { get; }

    /// <summary>The line by which it said that it is ready.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>How many lines it has written.</summary>
    public int Lines { get; private set; }

    /// <summary>How many bytes these lines are.</summary>
    public long LineBytes { get; private set; }

    /// <summary>Starts it, and waits for a line that has all of the words of <paramref name="ready"/>.</summary>
    public static async Task<ChildProcess> StartAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<string> ready,
        string? folder = null)
    {
        var start = Launcher.Command(command);
        start.RedirectStandardInput = true;
        start.WorkingDirectory = folder ?? Directory.GetCurrentDirectory();
        start.Environment.Clear();
        foreach (var name in (string[])["PATH", "HOME", "DOTNET_ROOT"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(await Launcher.StartAsync(start));
        var isReady = new TaskCompletionSource();
        _ = child.ReadAsync(ready, isReady);
        try
        {
            await isReady.Task.WaitAsync(StartPatience);
        }
        catch (Exception failure)
        {
            child.Dispose();
            throw new InvalidOperationException(
                $"{string.Join(' ', command)} did not start: {string.Join('\n', child.lastLines)}", failure);
        }

        return child;
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private async Task ReadAsync(IReadOnlyList<string> ready, TaskCompletionSource isReady)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            Lines++;
            LineBytes += Encoding.UTF8.GetByteCount(line) + 1;
            lastLines.Enqueue(line);
            if (lastLines.Count > 20)
            {
                lastLines.Dequeue();
            }

            if (!isReady.Task.IsCompleted && ready.All(word => line.Contains(word, StringComparison.Ordinal)))
            {
                ReadyLine = line;
                isReady.TrySetResult();
            }
        }

        isReady.TrySetException(new InvalidOperationException("It ended."));
    }
}
