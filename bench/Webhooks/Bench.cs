using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Bench.Calls;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Bench;

/// <summary>The gateway as the benchmarks use it: journal in memory, nothing listens to events, no workflow runs by itself.</summary>
internal sealed class Bench
{
    private readonly VoiceGateway gateway;

    public Bench()
    {
#pragma warning disable CA2000 // Lives as long as the process.
        var http = new HttpMessageInvoker(new StubLiveKit());
#pragma warning restore CA2000
        var liveKit = new LiveKitApi(http, Settings.LiveKitHost, Settings.LiveKitKeys, TimeProvider.System, new LiveKitApiOptions());
        Journal = new InMemoryCallJournal(TimeProvider.System);
        var ports = new GatewayPorts(Journal, liveKit, new NoSink(), TimeProvider.System, NullLoggerFactory.Instance);
        gateway = new VoiceGateway(Settings, ports, _ => new NoWorkflows());
        Evaluator = new CallEvaluator(
            new CallServices(
                Journal,
                liveKit,
                ports.Events,
                Settings.Routes,
                new RoomNaming(Settings.RoomPrefix),
                Participants,
                TimeProvider.System,
                NullLoggerFactory.Instance)
            {
                Fence = new DispatchFence(Settings.LiveKitKeys, TimeProvider.System.GetUtcNow()),
            });
    }

    public static GatewaySettings Settings => PlainCall.Settings;

    public static ParticipantMapper Participants { get; } = new(Settings.AgentIdentityPrefix, Settings.Numbers);

    public ICallJournal Journal { get; }

    /// <summary>Decides what is next for a call, as the gateway's own does.</summary>
    public CallEvaluator Evaluator { get; }

    /// <summary>Takes a call further, as its workflow would.</summary>
    public CallAdvancer Advancer => gateway.Calls.Advancer;

    public static void Require(bool isTrue)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException("The benchmark measures a failure.");
        }
    }

    /// <summary>Sends a webhook through the whole door.</summary>
    public void Answer(GatewayRequest request) =>
        Require(gateway.Front.HandleAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult().Status == 200);

    private sealed class NoSink : ILifecycleEventSink
    {
        public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class NoWorkflows : ICallWorkflows
    {
        public ValueTask StartOrSignalAsync(CallId callId, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SignalAsync(CallId callId, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
