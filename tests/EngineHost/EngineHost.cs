using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Hosting;
using VoiceFunctions.Functions.Sweeping;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.EngineHost;

/// <summary>The function app, put together as on Azure, with a task hub of the real kind and an HTTP door.</summary>
internal sealed partial class EngineHost : IAsyncDisposable
{
    private readonly EngineSettings settings;
    private readonly ServiceProvider services;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private AzureTaskHub? hub;
    private KestrelHttpAdapter? front;
    private Task sweeping = Task.CompletedTask;

    private EngineHost(EngineSettings settings, ILoggerFactory loggers)
    {
        this.settings = settings;
        logger = loggers.CreateLogger<EngineHost>();
        var collection = new ServiceCollection();
        collection.AddSingleton(loggers);
        collection.AddLogging();
        collection.AddGateway(settings.Gateway);
        collection.AddSingleton<CallActivities>();
        collection.AddSingleton<SweepFunctions>();
        services = collection.BuildServiceProvider();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => front!.Address;

    /// <summary>The task hub.</summary>
    public AzureTaskHub Hub => hub!;

    private VoiceGateway Gateway => services.GetRequiredService<VoiceGateway>();

    /// <summary>Starts it; it serves when this is over.</summary>
    public static async Task<EngineHost> StartAsync(EngineSettings settings, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var host = new EngineHost(settings, loggers);
        try
        {
            await host.StartAsync(loggers, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sweeping;
        if (front is not null)
        {
            await front.DisposeAsync();
        }

        if (hub is not null)
        {
            await hub.DisposeAsync();
        }

        await services.DisposeAsync();
        stopping.Dispose();
    }

    private async Task StartAsync(ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(cancellationToken);
        }

        var activities = services.GetRequiredService<CallActivities>();
        hub = await AzureTaskHub.StartAsync(
            HubSettings.Read(settings, loggers),
            "1.0",
            tasks =>
            {
                tasks.AddOrchestratorFunc(CallOrchestration.Name, context => CallOrchestration.RunAsync(context));
                AppActivity.RegisterAll(tasks, activities, PassAsync);
            },
            loggers,
            cancellationToken);
        services.GetRequiredService<DurableClientSlot>().Put(hub.Client);
        front = await KestrelHttpAdapter.StartAsync(settings.Port, Gateway.Front.HandleAsync, next => next, cancellationToken);
        sweeping = SweepAsync(stopping.Token);
    }

    /// <summary>
    /// Where the process is told to stand still, it does so for ever: the activity neither ends nor fails until somebody kills the process.
    /// </summary>
    private Task PassAsync(string place)
    {
        if (place != settings.Hold)
        {
            return Task.CompletedTask;
        }

        LogHeld(logger, place);
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping.Token);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var sweeps = services.GetRequiredService<SweepFunctions>();
        using var timer = new PeriodicTimer(settings.Sweep, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await SweepOnceAsync(sweeps, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was told to stop.
        }
    }

    private async Task SweepOnceAsync(SweepFunctions sweeps, CancellationToken cancellationToken)
    {
        try
        {
            await sweeps.SweepAsync(new(), hub!.Client, cancellationToken);
        }
#pragma warning disable CA1031 // The Functions host logs a function that failed and runs it again the next minute.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogSweepFailed(logger, failure);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "held {Place}")]
    private static partial void LogHeld(ILogger logger, string place);

    [LoggerMessage(2, LogLevel.Warning, "The sweep failed")]
    private static partial void LogSweepFailed(ILogger logger, Exception exception);
}
