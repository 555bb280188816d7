using Microsoft.Extensions.Logging;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Engine;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>The gateway with the engine of this process.</summary>
internal sealed class LocalGateway : IDisposable
{
    private readonly VoiceGateway gateway;
    private InProcessWorkflows workflows = null!;

    /// <param name="settings">The settings.</param>
    /// <param name="ports">The adapters.</param>
    /// <param name="scheduler">Where workflows run.</param>
    /// <param name="isAlone">Whether no other process can change the calls: the journal is in memory.</param>
    public LocalGateway(GatewaySettings settings, GatewayPorts ports, TaskScheduler scheduler, bool isAlone = false) =>
        gateway = new VoiceGateway(
            settings,
            ports,
            steps => workflows = new InProcessWorkflows(
                steps, ports.Time, scheduler, isAlone, ports.Loggers.CreateLogger<InProcessWorkflows>()));

    /// <summary>Answers requests.</summary>
    public HttpRouter Front => gateway.Front;

    /// <summary>Finds what fell through.</summary>
    public CallSweeper Sweeper => gateway.Calls.Sweeper;

    /// <summary>How many calls are being followed.</summary>
    public int RunningCalls => workflows.Count;

    public void Dispose() => workflows.Dispose();
}
