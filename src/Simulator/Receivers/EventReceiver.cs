using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Receivers;

/// <summary>A tenant's system that hears of lifecycle events by a webhook. It remembers everything that it took.</summary>
public sealed class EventReceiver : IAsyncDisposable
{
    /// <summary>The name of the webhook.</summary>
    public const string Name = "receiver";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly SimulationTime time;
    private readonly NetworkLog log;
    private readonly Lock gate = new();
    private readonly List<ReceivedEvent> received = [];
    private readonly Dictionary<string, int> offers = new(StringComparer.Ordinal);
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);
    private int unsigned;
    private LoopbackServer? server;

    internal EventReceiver(SimulationTime time, NetworkLog log) => (this.time, this.log) = (time, log);

    /// <summary>What signs the events.</summary>
    public static string Secret { get; } = $"whsec_{Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(at => (byte)at)])}";

    /// <summary>Where it listens.</summary>
    public Uri Url => new(server!.Url, "events");

    /// <summary>How many requests it answered with 401, because their signature was not its secret's.</summary>
    public int Unsigned => Volatile.Read(ref unsigned);

    /// <summary>How it answers; given the event and how often it has been offered, from 1.</summary>
    public Func<ReceivedEvent, int, ReceiverAnswer> Answers { get; set; } = (_, _) => ReceiverAnswer.Taken;

    /// <summary>What it took, repetitions included, in order.</summary>
    public IReadOnlyList<ReceivedEvent> Received
    {
        get
        {
            lock (gate)
            {
                return [.. received];
            }
        }
    }

    /// <summary>What it took of one call, repetitions included, in order.</summary>
    public IReadOnlyList<ReceivedEvent> ReceivedOf(string callId)
    {
        lock (gate)
        {
            return [.. received.Where(one => one.Call == callId)];
        }
    }

    /// <summary>How often something was offered to it, taken or not.</summary>
    public int Offers
    {
        get
        {
            lock (gate)
            {
                return offers.Values.Sum();
            }
        }
    }

    /// <summary>The events that it ever answered with a 4xx, by their ids: each was a dead letter.</summary>
    public IReadOnlySet<string> Refused
    {
        get
        {
            lock (gate)
            {
                return new HashSet<string>(refused, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>How many dead letters were replayed to it.</summary>
    public int Replayed { get; set; }

    /// <summary>The gateway's settings by which events come here.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings => new Dictionary<string, string>
    {
        [SettingNames.EventWebhooks] = new JsonArray(
            new JsonObject { ["name"] = Name, ["url"] = Url.AbsoluteUri, ["secret"] = Secret }).ToJsonString(),
    };

    /// <summary>Waits until it has taken an event of a type, or so long.</summary>
    public async Task WaitForAsync(string type, TimeSpan atMost)
    {
        for (var waited = TimeSpan.Zero; waited < atMost && !Received.Any(one => one.Type == type); waited += Look)
        {
            await time.Delay(Look, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal async Task StartAsync(CancellationToken cancellationToken) =>
        server = await LoopbackServer.StartAsync(time, AnswerAsync, cancellationToken);

    internal void Reset()
    {
        Answers = (_, _) => ReceiverAnswer.Taken;
        Replayed = 0;
        lock (gate)
        {
            received.Clear();
            offers.Clear();
            refused.Clear();
            unsigned = 0;
        }
    }

    private int Count(ReceivedEvent offered)
    {
        lock (gate)
        {
            return offers[offered.Id] = offers.GetValueOrDefault(offered.Id) + 1;
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        if (!IsSigned(context.Request.Headers, Encoding.UTF8.GetString(bytes.ToArray())))
        {
            Interlocked.Increment(ref unsigned);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var body = JsonNode.Parse(bytes.ToArray());
        var offered = new ReceivedEvent(
            (string)body!["id"]!,
            (string)body["type"]!,
            (string)body["subject"]!,
            DateTimeOffset.Parse((string)body["time"]!, System.Globalization.CultureInfo.InvariantCulture),
            context.Request.Headers["webhook-id"].ToString());
        var answer = Answers(offered, Count(offered));
        if (answer.After > TimeSpan.Zero)
        {
            await time.Delay(answer.After, CancellationToken.None);
        }

        // A slow receiver has taken what it was offered, also where nobody waits for its answer any more.
        lock (gate)
        {
            if (answer.Status < 300)
            {
                received.Add(offered with { ReceivedAt = time.Clock.GetUtcNow() });
            }
            else if (answer.Status is >= 400 and < 500)
            {
                refused.Add(offered.Id);
            }
        }

        log.Tell("receiver", $"answers {answer.Status} to {offered.Type}");
        context.Response.StatusCode = answer.Status;
    }

    /// <summary>Whether a request is signed as Standard Webhooks says, whatever its time.</summary>
    private static bool IsSigned(IHeaderDictionary headers, string body)
    {
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        var signed = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}"));
        return headers["webhook-signature"].ToString().Split(' ').Contains($"v1,{Convert.ToBase64String(signed)}");
    }
}

/// <summary>An event as the receiver saw it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Call">The call.</param>
/// <param name="Time">When it happened.</param>
/// <param name="WebhookId">The id in the header, by which a receiver finds repetitions.</param>
public sealed record ReceivedEvent(string Id, string Type, string Call, DateTimeOffset Time, string WebhookId)
{
    /// <summary>When the receiver took it.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>How the receiver answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="After">How long it takes.</param>
public sealed record ReceiverAnswer(int Status, TimeSpan After = default)
{
    /// <summary>At once, and well.</summary>
    public static ReceiverAnswer Taken { get; } = new(204);
}
