using VoiceFunctions.Testing;

namespace VoiceFunctions.Engine.Tests.World;

/// <summary>The function app on the engine in a process of its own.</summary>
internal sealed class EngineProcess : IDisposable
{
    private readonly GatewayProcess process;

    private EngineProcess(GatewayProcess process) => this.process = process;

    /// <summary>Everything that it printed so far.</summary>
    public string Output => process.Output;

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<EngineProcess> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var process = new GatewayProcess("VoiceFunctions.EngineHost.dll", settings);
        await process.LineWithAsync("Ctrl-C stops", cancellationToken);
        return new EngineProcess(process);
    }

    /// <summary>Waits until it stands still in the middle of the activity for which it was told to.</summary>
    public async Task HeldAsync(CancellationToken cancellationToken)
    {
        try
        {
            await process.LineWithAsync("held ", cancellationToken).WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"The process never came to where it should stand still:\n{Output}");
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => process.Kill();

    /// <summary>SIGTERM, and its exit code.</summary>
    public Task<int> TerminateAsync(CancellationToken cancellationToken) => process.TerminateAsync(cancellationToken);

    public void Dispose() => process.Dispose();
}
