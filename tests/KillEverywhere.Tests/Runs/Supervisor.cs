using System.Diagnostics;
using VoiceFunctions.Testing;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>Keeps a gateway running, as an orchestrator of processes does: where one is killed, the next is started at once.</summary>
internal sealed class Supervisor(IReadOnlyDictionary<string, string> settings, Action<Exception> failed, CancellationToken patience)
    : IDisposable
{
    /// <summary>First processes start one at a time, so that one that follows a killed one has the machine to itself.</summary>
    private static readonly SemaphoreSlim FirstStarts = new(1);

    private readonly Lock gate = new();
    private readonly List<GatewayProcess> processes = [];
    private Task<Uri> serving = null!;

    /// <summary>Where the gateway listens; waits while there is none.</summary>
    public Task<Uri> ServingAsync()
    {
        lock (gate)
        {
            return serving;
        }
    }

    /// <summary>What all of them have printed.</summary>
    public string Output
    {
        get
        {
            lock (gate)
            {
                return string.Concat(processes.Select(process => process.Output));
            }
        }
    }

    /// <summary>How long it took from the kill until the next process served; zero without a kill.</summary>
    public TimeSpan RestartTook { get; private set; }

    /// <summary>Starts the first one.</summary>
    public async Task StartAsync()
    {
        await FirstStarts.WaitAsync(patience);
        try
        {
            await StartNextAsync();
        }
        finally
        {
            FirstStarts.Release();
        }
    }

    private Task<Uri> StartNextAsync()
    {
        lock (gate)
        {
            var process = new GatewayProcess(settings);
            processes.Add(process);
            serving = ReadyAsync(process);
        }

        _ = serving.ContinueWith(
            died => failed(died.Exception!.GetBaseException()),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return serving;
    }

    /// <summary>SIGKILL, and the next one.</summary>
    public Task RestartAsync() => Task.Run(() =>
    {
        lock (gate)
        {
            processes[^1].Kill();
            _ = StartNextAsync();
            _ = MeasureAsync(serving);
        }
    });

    /// <summary>Stops the last one in good order, once it serves: one that is only starting would end without a word.</summary>
    public async Task<int> StopAsync()
    {
        await ServingAsync();
        return await processes[^1].TerminateAsync(patience);
    }

    public void Dispose() => processes.ForEach(process => process.Dispose());

    private async Task MeasureAsync(Task<Uri> next)
    {
        var killed = Stopwatch.GetTimestamp();
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        RestartTook = Stopwatch.GetElapsedTime(killed);
    }

    private async Task<Uri> ReadyAsync(GatewayProcess process)
    {
        var greeting = await process.LineWithAsync("VoiceFunctions on", patience);
        await process.LineWithAsync("Ctrl-C stops", patience);
        return new Uri(greeting.Split(' ')[^1]);
    }
}
