using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Bench.Calls;

/// <summary>The gateway of the local host on one thread, with a journal in memory, a stub of LiveKit, and a clock that is turned.</summary>
internal sealed class Stage : ILifecycleEventSink, IDisposable
{
    private readonly OneThread thread = new();
    private readonly HttpMessageInvoker http;
    private readonly LocalGateway gateway;

    public Stage()
    {
        Clock = new TurnedClock(thread);
        Journal = new CountingJournal(new InMemoryCallJournal(Clock));
        http = new HttpMessageInvoker(LiveKit);
        var settings = PlainCall.Settings;
        var liveKit = new LiveKitApi(http, settings.LiveKitHost, settings.LiveKitKeys, Clock, new LiveKitApiOptions());
        var ports = new GatewayPorts(Journal, liveKit, this, Clock, NullLoggerFactory.Instance);
        gateway = new LocalGateway(settings, ports, thread, isAlone: true);
    }

    public StubLiveKit LiveKit { get; } = new();

    public TurnedClock Clock { get; }

    public CountingJournal Journal { get; }

    /// <summary>How many lifecycle events were published.</summary>
    public int Published { get; private set; }

    /// <summary>How many workflows run.</summary>
    public int Running => gateway.RunningCalls;

    /// <summary>What the gateway's own work cost so far.</summary>
    public Cost Spent { get; private set; }

    /// <summary>Sends a webhook, and does all that follows at once.</summary>
    public void Send(GatewayRequest request)
    {
        var status = Measured(() => thread.Run(() => gateway.Front.HandleAsync(request, CancellationToken.None).AsTask()).Status);
        if (status != 200)
        {
            throw new InvalidOperationException($"The benchmark measures a failure: {status} for {request.RawTarget}.");
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Measured(() =>
    {
        Clock.Turn(time);
        return true;
    });

    public void Sweep() => Measured(() => thread.Run(() => gateway.Sweeper.SweepAsync(CancellationToken.None)));

    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        Published++;
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        gateway.Dispose();
        http.Dispose();
        LiveKit.Dispose();
    }

    private T Measured<T>(Func<T> work)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var began = Environment.CpuUsage.TotalTime;
        var result = work();
        Spent += new Cost(Environment.CpuUsage.TotalTime - began, GC.GetAllocatedBytesForCurrentThread() - bytes);
        return result;
    }
}
