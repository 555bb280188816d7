using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Tests;

/// <summary>Stands where the gateway will be: notes every request and answers from a script.</summary>
public sealed class ScriptedGateway : IAsyncDisposable
{
    private readonly SimulationTime time;
    private readonly DateTimeOffset start;
    private readonly ConcurrentQueue<ReceivedRequest> requests = [];
    private LoopbackServer? server;

    private ScriptedGateway(SimulationTime time)
    {
        this.time = time;
        start = time.Clock.GetUtcNow();
    }

    public Uri Url => server!.Url;

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    public IEnumerable<ReceivedRequest> Webhooks => Requests.Where(request => request.Path == "/livekit/webhook");

    public IEnumerable<ReceivedRequest> Leases => Requests.Where(request => request.Path == "/agents/lease");

    /// <summary>Answers a webhook; the number counts from 0.</summary>
    public Func<HttpContext, ReceivedRequest, Task> OnWebhook { get; set; } = (_, _) => Task.CompletedTask;

    public Func<ReceivedRequest, string> Voice { get; set; } = _ => "<Response/>";

    public Func<ReceivedRequest, string> DialResult { get; set; } = _ => "<Response><Hangup/></Response>";

    /// <summary>Answers what is asked when a human has picked up.</summary>
    public Func<ReceivedRequest, string> Screen { get; set; } = _ => "<Response/>";

    /// <summary>The status of the answer to a job that asks for the lease.</summary>
    public Func<ReceivedRequest, int> Lease { get; set; } = _ => 200;

    /// <summary>Answers a request of the API in JSON.</summary>
    public Func<ReceivedRequest, string> Api { get; set; } = _ => "{}";

    public Func<HttpContext, Task> BeforeTwiml { get; set; } = _ => Task.CompletedTask;

    public static async Task<ScriptedGateway> StartAsync(SimulationTime time, CancellationToken cancellationToken)
    {
        var gateway = new ScriptedGateway(time);
        gateway.server = await LoopbackServer.StartAsync(time, gateway.HandleAsync, cancellationToken);
        return gateway;
    }

    public ValueTask DisposeAsync() => server!.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers =
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new ReceivedRequest(time.Clock.GetUtcNow() - start, context.Request.Path, body.ToArray(), headers);
        requests.Enqueue(request);
        switch (request.Path)
        {
            case "/livekit/webhook":
                await OnWebhook(context, request);
                break;
            case "/twilio/voice":
                await BeforeTwiml(context);
                await TwimlAsync(context, Voice(request));
                break;
            case "/agents/lease":
                context.Response.StatusCode = Lease(request);
                if (context.Response.StatusCode == 200)
                {
                    await context.Response.WriteAsync("""{"lease":"granted","validSeconds":4}""");
                }

                break;
            case "/auth/token" or "/call/start":
                await context.Response.WriteAsync(Api(request));
                break;
            case "/screen":
                await TwimlAsync(context, Screen(request));
                break;
            case "/twilio/dial-result":
                await TwimlAsync(context, DialResult(request));
                break;
            default:
                break;
        }
    }

    private static Task TwimlAsync(HttpContext context, string twiml)
    {
        context.Response.ContentType = "text/xml; charset=utf-8";
        return context.Response.WriteAsync(twiml);
    }
}
