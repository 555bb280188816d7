using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Tools;

/// <summary>A backend of the test's own on 127.0.0.1, which keeps what it was asked.</summary>
internal sealed class GolfServer : IAsyncDisposable
{
    private LoopbackServer server = null!;

    /// <summary>Every request: path, headers and body, in order.</summary>
    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers, string Body)> Asked { get; } = [];

    /// <summary>What is answered to a path.</summary>
    public required Func<HttpContext, Task> Answer { get; init; }

    public Uri Url => server.Url;

    public static async Task<GolfServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var golf = new GolfServer { Answer = answer };
        golf.server = await LoopbackServer.StartAsync(
            new RealTime(_ => { }),
            async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var body = await reader.ReadToEndAsync(context.RequestAborted);
                golf.Asked.Enqueue((
                    $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
                    context.Request.Headers.ToDictionary(
                        header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                    body));
                await golf.Answer(context);
            },
            TestContext.Current.CancellationToken);
        return golf;
    }

    /// <summary>A server that answers JSON.</summary>
    public static Task<GolfServer> StartAsync(Func<string, string> json) => StartAsync(async context =>
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(json(context.Request.Path), context.RequestAborted);
    });

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
