using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Agents.Reports;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Handover;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Handoffs;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.Operations;
using VoiceFunctions.Exploration.Bugs;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// One process of the gateway: its strands run the real Core over the modelled ports. What it knows is gone when it crashes; five seconds
/// later it is back and sweeps.
/// </summary>
internal sealed class Host(string name, TimeSpan skew, CallWorld world) : IPausable
{
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Standstill = EffectExecutor.Lease + TimeSpan.FromSeconds(1);

    private readonly Dictionary<CallId, Flow> flows = [];
    private readonly List<Strand> strands = [];
    private readonly List<Step> frozen = [];
    private readonly List<Alarm> deferred = [];
    private readonly ulong mark = Fingerprint.Of(name);
    private int lives = 1;
    private bool stalled;

    public string Name { get; } = name;

    public Schedule Schedule => world.Schedule;

    /// <summary>The time by the host's own clock.</summary>
    public DateTimeOffset Now => Schedule.Now + skew;

    public bool IsUp { get; private set; } = true;

    /// <summary>Whether an event that changes nothing for a workflow wakes none.</summary>
    public bool SparesWakeUps => world.Scenario.SparesWakeUps;

    /// <summary>Whether others could do its work while it stands still.</summary>
    public bool HasOthers => world.Hosts.Count > 1;

    public bool IsAnswering => IsUp && !stalled;

    /// <summary>Whether anything is going on in it.</summary>
    public bool IsBusy => strands.Count > 0 || flows.Count > 0;

    /// <summary>Names what a strand of this life of the host owns.</summary>
    public string Life => $"{Name}{lives}";

    /// <summary>Begins the first sweep's waiting.</summary>
    public void Boot() => SweepAfter(Sweep);

    /// <summary>Runs work on a strand of its own.</summary>
    public void Start(string label, Func<Strand, Task> work, Action<Exception?> finished, Action? abandoned = null)
    {
        var strand = new Strand($"{Name}.{label}", this, Schedule) { Abandoned = abandoned };
        strands.Add(strand);
        strand.Then("start", () => _ = RunAsync());

        async Task RunAsync()
        {
            Exception? failure = null;
            try
            {
                await work(strand);
            }
#pragma warning disable CA1031 // Whatever the code under test throws is looked at by whoever started it.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                failure = thrown;
            }

            strands.Remove(strand);
            finished(failure);
        }
    }

    /// <summary>Makes a call's workflow look soon; starts it where it does not run.</summary>
    public void Signal(CallId callId, bool mayStart)
    {
        if (flows.TryGetValue(callId, out var flow))
        {
            flow.Signal();
        }
        else if (mayStart)
        {
            flows[callId] = flow = new Flow(this, callId, world.Scenario.ActsOnLook);
            var label = $"flow{world.NumberOf(callId)}";
            Start(label, strand => flow.FollowAsync(strand, PartsOf(strand).Steps, () => flows.Remove(callId)), Unexpected);
        }
    }

    /// <summary>The parts of Core that a strand works with.</summary>
    public HostParts PartsOf(Strand strand)
    {
        var clock = new HostClock(this);
        var (journal, liveKit, limits, outbox) = world.Bug.Plant(new HostPorts(
            new JournalPort(strand, world.Journal), new LiveKitPort(strand, world), new LimitPort(strand, world.Limits), OutboxOf(strand)));
        var workflows = new WorkflowsPort(strand, this);
        var services = new CallServices(
            journal,
            liveKit,
            new SinkPort(strand, world),
            world.Routes,
            CallWorld.Naming,
            new ParticipantMapper(agentIdentityPrefix: null),
            clock,
            NullLoggerFactory.Instance)
        {
            Fence = CallWorld.Fence,
            Limits = limits,
            Outbox = outbox,
            TakesNewCalls = world.Scenario.TakesNewCalls,
            RecordingTarget = ModelRecorders.Target,
            Outbound = world.Scenario.IsOutbound || world.Scenario.Human.Length > 0 || world.Scenario.Queue > 0
                ? new OutboundTrunk(CallWorld.TrunkId, From: null)
                : null,
        };
        var core = new CallCore(services, TimeSpan.FromDays(30), _ => workflows);
        var leases = new AgentLeases(journal, CallWorld.Naming, CallWorld.Fence, clock);
        var reports = new JobReports(journal, CallWorld.Naming, CallWorld.Fence, core.Ingestor, clock);
        var calls = new CallFinder(journal, new CallTenancy(only: null));
        var ender = new CallEnder(calls, core.Ingestor, clock);
        var handoffs = new HandoffDesk(calls, core.Ingestor, world.Routes, CallWorld.Fence, clock) { CanDial = true };
        return new HostParts(core.Advancer, core.Ingestor, core.Sweeper, leases, reports, handoffs, ender);
    }

    private EventOutbox OutboxOf(Strand strand)
    {
        var receiver = new ReceiverPort(strand, world);
        return world.Scenario.HasReceiver
            ? new EventOutbox([receiver], receiver, EventOutbox.DefaultGiveUpAfter)
            : EventOutbox.None;
    }

    /// <summary>The process is gone, and with it everything that was not written down.</summary>
    public void Crash()
    {
        lives++;
        IsUp = false;
        stalled = false;
        Schedule.Remove(step => step.Strand?.Host == this);
        Schedule.CancelAll(alarm => alarm.Clock == this);
        frozen.Clear();
        deferred.Clear();
        flows.Clear();
        var abandoned = strands.ConvertAll(strand => strand.Abandoned);
        strands.Clear();
        abandoned.ForEach(tell => tell?.Invoke());
        Schedule.Set(new Alarm(Schedule.Now + Restart, $"{Name} restarts", mark, () =>
        {
            IsUp = true;
            SweepAfter(TimeSpan.Zero);
        }));
    }

    /// <summary>The process stands still for longer than a lease; then its overdue timers ring first.</summary>
    /// <param name="actsFirst">What it was about to do comes first instead.</param>
    public void Stall(bool actsFirst)
    {
        stalled = true;
        Freeze();
        Schedule.Set(new Alarm(Schedule.Now + Standstill, $"{Name} goes on", mark, () =>
        {
            if (stalled)
            {
                stalled = false;
                if (actsFirst)
                {
                    Schedule.Take(frozen[0], "");
                    frozen.RemoveAt(0);
                }

                deferred.ForEach(alarm => alarm.Ring());
                deferred.Clear();
                frozen.FindAll(step => !step.IsWithdrawn).ForEach(Schedule.Add);
                frozen.Clear();
            }
        }));
    }

    /// <summary>Takes away what became ready in a host that stands still.</summary>
    public void Freeze()
    {
        if (stalled)
        {
            frozen.AddRange(Schedule.Remove(step => step.Strand?.Host == this));
        }
    }

    public bool Defer(Alarm alarm)
    {
        if (stalled)
        {
            deferred.Add(alarm);
        }

        return stalled;
    }

    public ulong Print()
    {
        var print = Fingerprint.Of(mark, IsUp ? 1UL : 0, stalled ? 1UL : 0);
        foreach (var strand in strands)
        {
            print += strand.Print;
        }

        foreach (var flow in flows.Values)
        {
            print += flow.Print;
        }

        foreach (var step in frozen)
        {
            print = Fingerprint.Of(print, step.Mark);
        }

        foreach (var alarm in deferred)
        {
            print = Fingerprint.Of(print, alarm.Mark);
        }

        return print;
    }

    public void Unexpected(Exception? failure)
    {
        if (failure is not null)
        {
            world.Witness.Break($"{Name} threw {failure.GetType().Name}: {failure.Message}");
        }
    }

    private void SweepAfter(TimeSpan wait) =>
        Schedule.Set(new Alarm(Schedule.Now + wait, $"{Name} sweeps", mark, () => Start("sweep", SweepAsync, _ => SweepAfter(Sweep)))
        {
            IsIdle = true,
            Clock = this,
        });

    private async Task SweepAsync(Strand strand)
    {
        try
        {
            await PartsOf(strand).Sweeper.SweepAsync(CancellationToken.None);
        }
        catch (JournalUnavailableException)
        {
            // The next sweep comes.
        }
    }
}

/// <summary>The real Core, put together for one strand.</summary>
internal sealed record HostParts(
    CallAdvancer Steps,
    EventIngestor Intake,
    CallSweeper Sweeper,
    AgentLeases Leases,
    JobReports Reports,
    HandoffDesk Handoffs,
    CallEnder Ender);
