using System.Globalization;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Chaos.Gateways;

/// <summary>One gateway process that is started again whenever it ends, always on the same port.</summary>
/// <param name="number">Which one it is, from 1.</param>
/// <param name="time">The time of the network.</param>
/// <param name="program">The gateway's assembly and its arguments.</param>
/// <param name="settings">Its environment but for the port.</param>
/// <param name="told">Takes each line that it prints.</param>
internal sealed class GatewayHost(
    int number, SimulationTime time, IReadOnlyList<string> program, IReadOnlyDictionary<string, string> settings, Action<int, string> told)
    : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(500);

    private readonly int port = Ports.Free();
    private GatewayProcess? process;

    /// <summary>Where it listens while it is up.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <summary>Which one it is.</summary>
    public int Number => number;

    /// <summary>Whether it serves.</summary>
    public bool IsUp { get; private set; }

    /// <summary>How many starts came to nothing.</summary>
    public int FailedStarts { get; private set; }

    /// <summary>Starts it, as often as it takes.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await TryStartAsync(cancellationToken))
        {
            FailedStarts++;
            await time.Delay(StartPause, cancellationToken);
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        IsUp = false;
        process!.Kill();
        process.Dispose();
    }

    public void Dispose() => process?.Dispose();

    private async Task<bool> TryStartAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartLimit, time.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var started = new GatewayProcess(
            program[0],
            new Dictionary<string, string>(settings) { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) },
            [.. program.Skip(1)]);
        process = started;
        try
        {
            await started.LineWithAsync("Ctrl-C stops", either.Token);
        }
        catch (Exception failed) when (failed is InvalidOperationException
            || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // It could not start: the storage stood still, or somebody took its port.
            told(number, started.Output);
            started.Dispose();
            return false;
        }

        var lines = started.LinesAsync(CancellationToken.None);
        _ = time.Start(() => ListenAsync(lines));
        IsUp = true;
        return true;
    }

    private async Task ListenAsync(IAsyncEnumerable<string> lines)
    {
        await foreach (var line in lines)
        {
            told(number, line);
        }
    }
}
