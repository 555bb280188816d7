using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Calls.Effects;

namespace VoiceFunctions.Core.Calls.Workflow;

/// <summary>The parts that take calls from their first event to their deleted room, put together in one place for every host.</summary>
public sealed class CallCore
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="services">What they work with.</param>
    /// <param name="retention">How long histories of closed calls are kept.</param>
    /// <param name="engine">Makes the host's workflow engine.</param>
    public CallCore(CallServices services, TimeSpan retention, Func<CallAdvancer, ICallWorkflows> engine)
    {
        var (journal, loggers, time) = (services.Journal, services.Loggers, services.Time);
        var handlers = CallFeatures.Handlers(services, (received, cancellationToken) => Ingestor!.IngestAsync(received, cancellationToken));
        var evaluator = new CallEvaluator(services);
        var executor = new EffectExecutor(
            journal, handlers, evaluator.Evaluate, services.Rooms, services.Routes, time, loggers.CreateLogger<EffectExecutor>());
        Advancer = new CallAdvancer(evaluator, executor, time);
        WakeUps = new WakeUps(evaluator, executor, time);
        Workflows = engine(Advancer);
        Ingestor = new EventIngestor(
            journal,
            Workflows,
            Advancer,
            WakeUps,
            services.Routes,
            time,
            loggers.CreateLogger<EventIngestor>());
        Sweeper = new CallSweeper(services, Workflows, Advancer, Ingestor, retention, loggers.CreateLogger<CallSweeper>());
    }

    /// <summary>Takes calls further.</summary>
    public CallAdvancer Advancer { get; }

    /// <summary>Runs calls' workflows.</summary>
    public ICallWorkflows Workflows { get; }

    /// <summary>Tells which events wake a workflow.</summary>
    public WakeUps WakeUps { get; }

    /// <summary>Takes events in.</summary>
    public EventIngestor Ingestor { get; }

    /// <summary>Finds what fell through.</summary>
    public CallSweeper Sweeper { get; }
}
