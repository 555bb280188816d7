using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.LiveKit.Webhooks;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Webhooks;

/// <summary>
/// Sends webhooks as a LiveKit server does: one queue per room name, each strictly one after the other; what has waited for more than 30 s
/// or finds 200 before it is dropped. On top of that the way to the gateway has its own faults.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MaxDepth = 200;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly SimulationTime time;
    private readonly Chance chance;
    private readonly LiveKitKey key;
    private readonly NetworkLog log;
    private readonly HttpMessageInvoker http;
    private readonly WebhookDelivery delivery;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<Webhook>> queues = new(StringComparer.Ordinal);

    public WebhookSender(SimulationTime time, Chance chance, LiveKitKey key, NetworkLog log)
    {
        this.time = time;
        this.chance = chance;
        this.key = key;
        this.log = log;
        http = time.CreateClient();
        delivery = new WebhookDelivery(time, http);
    }

    /// <summary>Where webhooks go; until it is known they are lost.</summary>
    public Uri? Target { get; set; }

    public DeliveryFaults Faults { get; set; } = DeliveryFaults.None;

    /// <summary>Is told how each delivery ended.</summary>
    public Action<WebhookReport>? Settled { get; set; }

    public void Send(WebhookMessage message)
    {
        lock (gate)
        {
            var now = time.Clock.GetUtcNow();
            var id = chance.Id("EV_");
            var body = message.Body(id, now.ToUnixTimeSeconds());
            var webhook =
                new Webhook(id, message.Event, message.RoomName, message.Subject, body, LiveKitWebhookSigner.Sign(key, body, now), now)
                {
                    Delivered = message.Delivered,
                };
            if (!queues.TryGetValue(message.RoomName, out var queue))
            {
                queues.Add(message.RoomName, queue = []);
                queue.Enqueue(webhook);
                _ = time.Start(() => DrainAsync(message.RoomName, queue));
            }
            else if (queue.Count < MaxDepth)
            {
                queue.Enqueue(webhook);
            }
            else
            {
                log.Tell("livekit", $"dropped the webhook {webhook.Label}: the queue is full");
            }
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        http.Dispose();
        stopping.Dispose();
    }

    private async Task DrainAsync(string roomName, Queue<Webhook> queue)
    {
        var cancellationToken = stopping.Token;
        while (Next(roomName, queue) is { } webhook)
        {
            if (time.Clock.GetUtcNow() - webhook.QueuedAt > MaxAge)
            {
                log.Tell("livekit", $"dropped the webhook {webhook.Label}: it waited too long");
            }
            else if (Target is { } target)
            {
                await SendAsync(webhook, target, cancellationToken);
            }
        }
    }

    private Webhook? Next(string roomName, Queue<Webhook> queue)
    {
        lock (gate)
        {
            if (queue.TryDequeue(out var next))
            {
                return next;
            }

            queues.Remove(roomName);
            return null;
        }
    }

    private async Task SendAsync(Webhook webhook, Uri target, CancellationToken cancellationToken)
    {
        var fate = Fate.Of(chance, Faults, "webhook");
        await time.Delay(fate.Delay, cancellationToken);
        if (fate.IsLost)
        {
            log.Tell("network", $"lost the webhook {webhook.Label}");
            return;
        }

        if (fate.HeldBack is { } heldBack)
        {
            log.Tell("network", $"held back the webhook {webhook.Label}");
            _ = time.Start(() => LaterAsync(heldBack));
        }
        else
        {
            await DeliverAsync(isDisturbed: false);
        }

        if (fate.SecondAfter is { } secondAfter)
        {
            log.Tell("network", $"doubled the webhook {webhook.Label}");
            _ = time.Start(() => LaterAsync((fate.HeldBack ?? TimeSpan.Zero) + secondAfter));
        }

        async Task LaterAsync(TimeSpan after)
        {
            await time.Delay(after, cancellationToken);
            await DeliverAsync(isDisturbed: true);
        }

        async Task DeliverAsync(bool isDisturbed)
        {
            var isDelivered = await delivery.SendAsync(webhook, target, cancellationToken);
            Settled?.Invoke(new WebhookReport(webhook.Event, time.Clock.GetUtcNow() - webhook.QueuedAt, isDelivered, isDisturbed));
            if (isDelivered)
            {
                webhook.Delivered?.Invoke(time.Clock.GetUtcNow());
            }
            else
            {
                log.Tell("livekit", $"gave up on the webhook {webhook.Label}");
            }
        }
    }
}
