using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Tenants;

/// <summary>
/// The backend of a golf club, which books tee times over real HTTP on 127.0.0.1. It does what it is asked under one idempotency key once.
/// </summary>
public sealed class GolfClub : IAsyncDisposable
{
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(300);

    private readonly SimulationTime time;
    private readonly NetworkLog log;
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> done = new(StringComparer.Ordinal);
    private readonly List<string> keys = [];
    private LoopbackServer? server;

    internal GolfClub(SimulationTime time, NetworkLog log) => (this.time, this.log) = (time, log);

    /// <summary>Whether it answers everything with an error.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked => Keys.Count;

    /// <summary>The idempotency keys under which it was asked, one for each request, in order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (gate)
            {
                return [.. keys];
            }
        }
    }

    /// <summary>Those of one call.</summary>
    public IReadOnlyList<string> KeysOf(string callId)
    {
        lock (gate)
        {
            return [.. keys.Where(key => key.StartsWith($"{callId}.", StringComparison.Ordinal))];
        }
    }

    /// <summary>How many tee times were booked.</summary>
    public int Booked { get; private set; }

    /// <summary>The tools that must not be asked again for one tool call.</summary>
    public static IReadOnlyList<string> AskedOnce { get; } = ["cancelReservation"];

    /// <summary>Where it listens.</summary>
    public Uri Url => server!.Url;

    /// <summary>How many reservations were cancelled.</summary>
    public int Cancelled { get; private set; }

    /// <summary>The gateway's settings that let agents use it, by their environment names.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings => new Dictionary<string, string>
    {
        [SettingNames.ToolsJson] = $$"""
            {"backends":[{"url":"{{Url}}tools","deadlineSeconds":4,"tools":[
              {"name":"searchTeeTimes","mayRetry":true,
               "arguments":{"type":"object","required":["date","players"],"properties":{"players":{"type":"integer"} } },
               "answer":{"type":"object","required":["teeTimes"]},
               "speakableError":"I cannot look at the tee times just now." },
              {"name":"bookTeeTime","mayRetry":true,
               "arguments":{"type":"object","required":["teeTimeId","players"]},
               "answer":{"type":"object","required":["reservationId"]},
               "speakableError":"I could not book that just now." },
              {"name":"cancelReservation",
               "arguments":{"type":"object","required":["reservationId"]},
               "speakableError":"I do not know whether that is cancelled." }]}]}
            """,
    };

    internal async Task StartAsync(CancellationToken cancellationToken) =>
        server = await LoopbackServer.StartAsync(time, AnswerAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context)
    {
        var arguments = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        await time.Delay(Thinking, context.RequestAborted);
        var key = (string?)context.Request.Headers["Idempotency-Key"] ?? "";
        lock (gate)
        {
            keys.Add(key);
        }

        if (IsDown)
        {
            log.Tell("golf club", "is down and answers 503");
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        string? answer;
        lock (gate)
        {
            if (!done.TryGetValue(key, out answer))
            {
                done[key] = answer = Do(context.Request.Path, arguments!.AsObject());
            }
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private string Do(string path, JsonObject arguments)
    {
        if (path.EndsWith("/bookTeeTime", StringComparison.Ordinal))
        {
            Booked++;
            log.Tell("golf club", $"books {arguments["teeTimeId"]}");
            return new JsonObject { ["reservationId"] = $"R-{Booked}" }.ToJsonString();
        }

        if (path.EndsWith("/cancelReservation", StringComparison.Ordinal))
        {
            Cancelled++;
            log.Tell("golf club", $"cancels {arguments["reservationId"]}");
            return """{"cancelled":true}""";
        }

        log.Tell("golf club", $"looks for tee times on {arguments["date"]}");
        return """{"teeTimes":[{"id":"T-0900","time":"2026-01-06T09:00:00Z","freePlaces":4}]}""";
    }
}
