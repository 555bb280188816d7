using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Dispatch;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Policy;
using VoiceFunctions.Core.Calls.Presence;
using VoiceFunctions.Core.Calls.Reconciling;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.SurplusAgents;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.LiveKit.Api.Egress;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls;

/// <summary>The parts around a call's steps, in memory: one world, any number of hosts.</summary>
internal sealed class CallsBench
{
    public static readonly Route Route = new(new AgentConfig("acme"), Timeouts, new RouteFallback(null, "Sorry."));
    public static readonly Route WithHuman = Route with { Timeouts = HumanTimeouts, Fallback = new RouteFallback(HumanNumber, "Sorry.") };

    public CallsBench()
    {
        Journal = new HookedJournal(Clock);
        LiveKit = new BenchLiveKit(Clock);
        (Steps, Intake) = (CoreOf().Advancer, CoreOf().Ingestor);
    }

    public ManualClock Clock { get; } = new(Noon);

    public HookedJournal Journal { get; }

    public BenchLiveKit LiveKit { get; }

    public TellingSink Sink { get; } = new();

    /// <summary>Where the events of hosts that are made from now on go.</summary>
    public EventOutbox Outbox { get; set; } = EventOutbox.None;

    public AskedWorkflows Workflows { get; } = new();

    public ParticipantMapper Legs { get; } = new(agentIdentityPrefix: null);

    public CallAdvancer Steps { get; }

    /// <summary>The call that is looked at and stepped.</summary>
    public CallId Subject { get; set; } = Call;

    public EventIngestor Intake { get; }

    public PresenceDiff Presence => new(Legs);

    public Reconciler Reconciler => new(LiveKit, Legs, Presence, Naming);

    public PhoneDialer Phones => new(LiveKit, Legs, Outbound);

    public HumanDialer Humans => new(Phones, Agents);

    public AgentDispatcher Agents => new(LiveKit, Legs, Presence, Naming, SomeFence.Keyed);

    public SurplusAgentRemover Surplus => new(LiveKit, Legs, Presence);

    /// <summary>Where recordings go.</summary>
    public static LiveKitFileTarget RecordingTarget { get; } = new LiveKitFileTarget.Azure("account", "a-key-of-the-store", "recordings");

    private static OutboundTrunk Outbound { get; } = new("ST_out", null);

    /// <summary>One more host on the same journal, with a clock of its own where its process can stand still.</summary>
    public CallAdvancer Host(TimeProvider? clock = null, Route? route = null, RouteTable? routes = null) =>
        CoreOf(clock, route, routes: routes).Advancer;

    /// <summary>Everything that a host runs.</summary>
    public CallCore CoreOf(
        TimeProvider? clock = null, Route? route = null, ILoggerFactory? loggers = null, RouteTable? routes = null) => new(
        new CallServices(
            Journal,
            LiveKit,
            Sink,
            routes ?? new RouteTable(route ?? Route),
            Naming,
            Legs,
            clock ?? Clock,
            loggers ?? NullLoggerFactory.Instance)
        {
            Fence = SomeFence.Keyed,
            Outbound = Outbound,
            RecordingTarget = RecordingTarget,
            Outbox = Outbox,
        },
        TimeSpan.FromDays(30),
        _ => Workflows);

    /// <summary>What a handler is given.</summary>
    public static EffectContext Context(CallState state, int attempt = 1, double at = 20, Route? route = null) =>
        new(state, route ?? Route, attempt, At(at));

    public async Task AppendAsync(params CallEvent[] events)
    {
        foreach (var callEvent in events)
        {
            await Journal.AppendAsync(Call, callEvent, Tracking.Follow, TestContext.Current.CancellationToken);
        }
    }

    public async Task CommitAsync(params EffectClaim[] claims)
    {
        var history = await Journal.ReadAsync(Call, TestContext.Current.CancellationToken);
        var change = new JournalChange(claims, CallDetailRecord.Of(CallState.Of(history).With(claims), Naming));
        await Journal.CommitAsync(Call, history.Version, change, TestContext.Current.CancellationToken);
    }

    public async Task<CallState> StateAsync() => CallState.Of(await Journal.ReadAsync(Subject, TestContext.Current.CancellationToken));

    /// <summary>Steps until there is nothing to do now, and gives what is next then.</summary>
    public async Task<CallDecision> SettleAsync(CallAdvancer? host = null)
    {
        for (var step = 0; step < 100; step++)
        {
            var decision = await DecideAsync(host);
            if (decision is not CallDecision.Do { Effect: var effect })
            {
                return decision;
            }

            await RunAsync(effect, host);
        }

        throw new InvalidOperationException("The call steps on for ever.");
    }

    /// <summary>Runs one effect as a workflow does.</summary>
    public async Task RunAsync(CallEffect effect, CallAdvancer? host = null)
    {
        var evaluation = await LookAsync(host);
        if (evaluation.Decision is CallDecision.Do { Effect: var due } && due.Name == effect.Name)
        {
            await (host ?? Steps).ExecuteAsync(evaluation, TestContext.Current.CancellationToken);
        }
    }

    public async Task<CallDecision> DecideAsync(CallAdvancer? host = null) => (await LookAsync(host)).Decision;

    public ValueTask<CallEvaluation> LookAsync(CallAdvancer? host = null) =>
        (host ?? Steps).EvaluateAsync(Subject, Clock.GetUtcNow(), TestContext.Current.CancellationToken);
}

/// <summary>A sink that remembers, and refuses when asked to.</summary>
internal sealed class TellingSink : ILifecycleEventSink
{
    public List<LifecycleEvent> Told { get; } = [];

    /// <summary>Throws what is to be thrown.</summary>
    public Func<LifecycleEvent, Exception?> Refuse { get; set; } = _ => null;

    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        if (Refuse(lifecycleEvent) is { } refusal)
        {
            return ValueTask.FromException(refusal);
        }

        Told.Add(lifecycleEvent);
        return ValueTask.CompletedTask;
    }
}

/// <summary>An engine that only remembers what it was asked.</summary>
internal sealed class AskedWorkflows : ICallWorkflows
{
    public List<CallId> Started { get; } = [];

    public List<CallId> Begun { get; } = [];

    public List<CallId> Signalled { get; } = [];

    /// <summary>The calls of which the engine says that it follows them in time.</summary>
    public HashSet<CallId> InTime { get; } = [];

    public Exception? Failure { get; set; }

    public bool SparesWakeUps { get; set; }

    public bool IsInTime(CallId callId, TimeSpan overdue) => InTime.Contains(callId);

    public ValueTask StartOrSignalAsync(CallId callId, CancellationToken cancellationToken)
    {
        Started.Add(callId);
        return Failure is null ? ValueTask.CompletedTask : ValueTask.FromException(Failure);
    }

    public ValueTask StartAsync(CallId callId, CancellationToken cancellationToken)
    {
        Begun.Add(callId);
        return Failure is null ? ValueTask.CompletedTask : ValueTask.FromException(Failure);
    }

    public ValueTask SignalAsync(CallId callId, CancellationToken cancellationToken)
    {
        Signalled.Add(callId);
        return Failure is null ? ValueTask.CompletedTask : ValueTask.FromException(Failure);
    }
}
