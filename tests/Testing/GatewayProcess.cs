using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace VoiceFunctions.Testing;

/// <summary>
/// The gateway as a process of its own, which can be killed. Whoever uses this refers to the gateway's program and so has it beside itself.
/// </summary>
public sealed class GatewayProcess : IDisposable
{
    /// <summary>The local host's program: what was built with the tests, or another build that <c>GATEWAY_PROGRAM</c> names.</summary>
    public static readonly string LocalHost = Environment.GetEnvironmentVariable("GATEWAY_PROGRAM") is { Length: > 0 } program
        ? Path.Combine(Repository.Root, program)
        : "VoiceFunctions.LocalHost.dll";

    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder output = new();
    private int streamsEnded;

    /// <summary>Starts the local host.</summary>
    /// <param name="settings">Its whole environment, but for PATH and HOME.</param>
    /// <param name="arguments">The command; none serves.</param>
    public GatewayProcess(IEnumerable<KeyValuePair<string, string>> settings, params string[] arguments)
        : this(LocalHost, settings, arguments)
    {
    }

    /// <summary>Starts a gateway.</summary>
    /// <param name="program">Its assembly, or a native program.</param>
    /// <param name="settings">Its whole environment, but for PATH and HOME.</param>
    /// <param name="arguments">The command.</param>
    public GatewayProcess(string program, IEnumerable<KeyValuePair<string, string>> settings, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, program);
        var isNative = !path.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isNative ? path : "dotnet", isNative ? arguments : [path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Environment.GetEnvironmentVariable("HOME");
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its number.</summary>
    public int Id => process.Id;

    /// <summary>Everything that it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Reads on until a line holds the text.</summary>
    public async Task<string> LineWithAsync(string text, CancellationToken cancellationToken)
    {
        await foreach (var line in lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The process ended without a line with '{text}':\n{Output}");
    }

    /// <summary>Every line that nobody has read yet, until the process has ended.</summary>
    public IAsyncEnumerable<string> LinesAsync(CancellationToken cancellationToken) => lines.Reader.ReadAllAsync(cancellationToken);

    /// <summary>SIGKILL: no last words.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM, as an orchestrator stops a process.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        return await ExitAsync(cancellationToken);
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
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

    private void Take(object sender, DataReceivedEventArgs received)
    {
        if (received.Data is { } line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }

            lines.Writer.TryWrite(line);
        }
        else if (Interlocked.Increment(ref streamsEnded) == 2)
        {
            lines.Writer.TryComplete();
        }
    }
}
