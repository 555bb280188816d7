using System.Text;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Calls;
using VoiceFunctions.Functions.Tests.World;
using VoiceFunctions.Simulator.LiveKit.InMemory;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.LiveKit;

namespace VoiceFunctions.Vendors.Tests.Durable;

/// <summary>
/// The function app's orchestration and activities on the real durable task engine, which runs in this process and keeps the real time,
/// with a journal and a LiveKit in memory. Only one of them acts at a time: an activity, or the test as LiveKit.
/// </summary>
internal sealed class EngineApp : ILifecycleEventSink, IAsyncDisposable
{
    private readonly GatewaySettings settings = Settings.Read((SettingNames.DialTimeoutSeconds, "5"), (SettingNames.RoomGraceSeconds, "1"));
    private readonly DurableClientSlot slot = new();
    private readonly Queue<byte[]> webhooks = [];
    private readonly SemaphoreSlim turn = new(1);
    private readonly SemaphoreSlim looked = new(0);
    private DurableTaskTestHost host = null!;

    private EngineApp()
    {
        LiveKit.Webhook = webhooks.Enqueue;
        Api = new TroubledLiveKit(LiveKit, TimeProvider.System);
        Gateway = new VoiceGateway(
            settings,
            new GatewayPorts(new InMemoryCallJournal(TimeProvider.System), Api, this, TimeProvider.System, Log),
            _ => new DurableCallWorkflows(slot, TimeProvider.System, Log.CreateLogger<DurableCallWorkflows>()));
    }

    public VoiceGateway Gateway { get; }

    /// <summary>What happens in LiveKit's rooms, which time alone does not close.</summary>
    public InMemoryLiveKit LiveKit { get; } = new(new ManualClock(TimeProvider.System.GetUtcNow()));

    /// <summary>The gateway's way to it.</summary>
    public TroubledLiveKit Api { get; }

    public EngineLog Log { get; } = new();

    /// <summary>What subscribers were told, in order.</summary>
    public List<LifecycleEvent> Told { get; } = [];

    /// <summary>The engine's own client.</summary>
    public DurableTaskClient Client => host.Client;

    public static async Task<EngineApp> StartAsync(CancellationToken cancellationToken)
    {
        var app = new EngineApp();
        app.host = await DurableTaskTestHost.StartAsync(
            app.Register, new DurableTaskTestHostOptions { Port = Ports.Free(), LoggerFactory = app.Log }, cancellationToken);
        app.slot.Put(app.host.Client);
        return app;
    }

    public ValueTask PublishAsync(LifecycleEvent lifecycleEvent, CancellationToken cancellationToken)
    {
        Told.Add(lifecycleEvent);
        return ValueTask.CompletedTask;
    }

    /// <summary>Something happens at LiveKit, and its webhooks are delivered, each that often.</summary>
    public Task HappensAsync(Action<InMemoryLiveKit> published, int deliveries, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            published(LiveKit);
            while (webhooks.TryDequeue(out var webhook))
            {
                for (var delivery = 0; delivery < deliveries; delivery++)
                {
                    await DeliverAsync(webhook, cancellationToken);
                }
            }

            return true;
        },
        cancellationToken);

    /// <summary>Waits until the orchestration has looked into the journal once more.</summary>
    public Task LookedAsync(CancellationToken cancellationToken) => looked.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        turn.Dispose();
        looked.Dispose();
    }

    private void Register(DurableTaskRegistry tasks)
    {
        var activities = new CallActivities(Gateway, TimeProvider.System);
        tasks.AddOrchestratorFunc(CallOrchestration.Name, context => CallOrchestration.RunAsync(context));
        tasks.AddActivityFunc<AdvanceInput, AdvanceResult>(CallActivities.Look, async (_, order) =>
        {
            var outlook = await InTurnAsync(() => activities.LookAsync(order, CancellationToken.None), CancellationToken.None);
            looked.Release();
            return outlook;
        });

        (string Name, Func<AdvanceInput, CancellationToken, Task<AdvanceResult>> RunAsync)[] effects =
        [
            (CallActivities.DispatchAgent, activities.DispatchAgentAsync),
            (CallActivities.RemoveSurplusAgents, activities.RemoveSurplusAgentsAsync),
            (CallActivities.Reconcile, activities.ReconcileAsync),
            (CallActivities.EndCall, activities.EndCallAsync),
            (CallActivities.Publish, activities.PublishAsync),
            (CallActivities.DeleteRoom, activities.DeleteRoomAsync),
        ];
        foreach (var effect in effects)
        {
            tasks.AddActivityFunc<AdvanceInput, AdvanceResult>(
                effect.Name, (_, order) => InTurnAsync(() => effect.RunAsync(order, CancellationToken.None), CancellationToken.None));
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task DeliverAsync(byte[] body, CancellationToken cancellationToken)
    {
        var signature = LiveKitWebhookSigner.Sign(settings.LiveKitKeys.Signing, body, TimeProvider.System.GetUtcNow());
        var request = new GatewayRequest(
            "POST", $"/{GatewayRoutes.LiveKitWebhook.Template}", name => name == "Authorization" ? signature : null, body);

        var response = await Gateway.Front.HandleAsync(request, cancellationToken);

        Assert.Equal(200, response.Status);
    }
}
