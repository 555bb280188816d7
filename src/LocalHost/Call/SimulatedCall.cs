using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Clock;
using VoiceFunctions.Core.Costs;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Events;
using VoiceFunctions.Knowledge.Lexical;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Scenarios;
using VoiceFunctions.Simulator.Time;
using VoiceFunctions.Tools;

namespace VoiceFunctions.LocalHost.Call;

/// <summary>One scenario, played over real HTTP between the gateway and a simulated network in this process, on a virtual clock.</summary>
internal static class SimulatedCall
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Plays a scenario and judges it.</summary>
    /// <param name="options">What to play; the seed is <paramref name="seed"/>.</param>
    /// <param name="seed">All chance comes from this.</param>
    /// <param name="output">Where the story is told; <c>null</c> for nowhere.</param>
    /// <param name="journalOn">Makes the journal on the call's clock; in memory where that is left out.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<Verdict> PlayAsync(
        CallOptions options, int seed, TextWriter? output, Func<TimeProvider, ICallJournal>? journalOn, CancellationToken cancellationToken)
    {
        var time = new VirtualTime();
        using var log = new CallLog(time.Clock, output);
        await using var network = await PhoneNetwork.StartAsync(
            time,
            new PhoneNetworkSetup
            {
                Seed = seed,
                Faults = options.Faults,
                Observer = log.Tell,
                HasReceiver = options.Scenario.HasReceiver,
            },
            cancellationToken);

        LocalGateway? gateway = null;
        await using var front = await KestrelHttpAdapter.StartAsync(
            0,
            (request, body, length, aborted) => gateway!.Front.HandleAsync(request, body, length, aborted),
            time.Serve,
            cancellationToken);
        var settings = LocalSettings.Read(SettingsOf(options.Scenario, network, front.Address), _ => null);
        using var http = time.CreateClient();
#pragma warning disable CA2000 // The backends own their handler.
        using var backends = new HttpToolBackends(settings.Tools.All, time.Track(HttpToolBackends.Connections()), time.Clock);
#pragma warning restore CA2000
        var wall = new JumpingClock(time.Clock);
        var clock = new SteadyClock(wall, log.CreateLogger<SteadyClock>());
        using var knowledge = LexicalKnowledge.InMemory();
        var events = new MemoryEventSink(log.Tell);
        var ports = new GatewayPorts(
            journalOn?.Invoke(clock) ?? new InMemoryCallJournal(clock),
            new LiveKitApi(http, settings.LiveKitHost, settings.LiveKitKeys, time.Clock, new LiveKitApiOptions()),
            events,
            clock,
            log)
        {
            TwilioCalls = new SimulatedTwilioCalls(network.Twilio),
            Tools = backends,
            Knowledge = knowledge,
            Outbox = EventDestinations.OutboxOf(settings, new InMemoryDeadLetters(), http, time.Clock),
        };
        using var _ = gateway = new LocalGateway(settings, ports, time.Scheduler);

        ScenarioResult? result = null;
        List<CallProof> proofs = [];
        await time.RunAsync(async () =>
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var sweeping = time.Start(() => SweepAsync(gateway, time, over.Token));
            var jumping = time.Start(() => JumpAsync(wall, options.ClockJump, time, over.Token));
            result = await options.Scenario.PlayAsync(network, front.Address, cancellationToken);
            for (var waited = TimeSpan.Zero; gateway.RunningCalls > 0 && waited < Patience; waited += Look)
            {
                await time.Delay(Look, cancellationToken);
            }

            await over.CancelAsync();
            foreach (var callId in CallsOf(result, events.Events, settings))
            {
                if (await ports.Journal.ReadRowsAsync(callId, cancellationToken) is { Count: > 0 } rows)
                {
                    proofs.Add(CallAuditor.Audit(callId, rows, settings.Routes, VoiceGateway.ScopeOf(settings)));
                }
            }
        });
        var now = clock.GetUtcNow();
        return new Verdict(result!, proofs, events.Events, gateway.RunningCalls)
        {
            CostOf = proof => CallId.TryParse(proof.CallId, out var callId)
                ? CallCosts.Of(callId, proof.Rows, settings.Prices, settings.Routes, now)
                : null,
        };
    }

    private static Dictionary<string, string> SettingsOf(Scenario scenario, PhoneNetwork network, Uri gateway)
    {
        var settings = SimulatedSettings.Of(network, gateway);
        settings[SettingNames.DiagnosticsKey] = network.Operator.Key;
        foreach (var (name, value) in scenario.HasReceiver ? network.Receiver.GatewaySettings : new Dictionary<string, string>())
        {
            settings[name] = value;
        }

        foreach (var (name, value) in scenario.GatewaySettings)
        {
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>The calls that the network saw or the gateway told of.</summary>
    private static IEnumerable<CallId> CallsOf(ScenarioResult result, IEnumerable<LifecycleEvent> events, GatewaySettings settings)
    {
        var naming = new RoomNaming(settings.RoomPrefix);
        return result.Rooms.Select(room => naming.CallOf(room.Name, room.Sid))
            .Concat(events
                .Where(told => told.Name != LifecycleEventName.IngestQueued)
                .Select(told => CallId.TryParse(told.CallId, out var callId) ? callId : throw new UnreachableException()))
            .Distinct();
    }

    private static async Task JumpAsync(JumpingClock wall, TimeSpan jump, SimulationTime time, CancellationToken cancellationToken)
    {
        await time.Delay(Jump, cancellationToken);
        wall.Ahead = jump;
    }

    private static async Task SweepAsync(LocalGateway gateway, SimulationTime time, CancellationToken cancellationToken)
    {
        while (true)
        {
            await time.Delay(Sweep, cancellationToken);
            await gateway.Sweeper.SweepAsync(cancellationToken);
        }
    }
}
