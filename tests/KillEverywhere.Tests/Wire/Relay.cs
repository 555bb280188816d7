using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.KillEverywhere.Wire;

/// <summary>
/// Stands between a client and a server and passes every request and answer on as it is: raw target, headers, bytes. What has come in goes
/// on to the server even if its sender dies meanwhile, as on a network.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private static readonly string[] OfTheConnection = ["Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length"];

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Func<Task<Uri>> server;
    private readonly IGuard guard;
    private LoopbackServer? front;

    private Relay(Func<Task<Uri>> server, IGuard guard)
    {
        this.server = server;
        this.guard = guard;
    }

    /// <summary>Where clients find it.</summary>
    public Uri Url => front!.Url;

    /// <summary>Starts one.</summary>
    /// <param name="time">The time of its connections.</param>
    /// <param name="server">Says where the server is; requests wait for it.</param>
    /// <param name="guard">Stands there.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Relay> StartAsync(RealTime time, Func<Task<Uri>> server, IGuard guard, CancellationToken cancellationToken)
    {
        var relay = new Relay(server, guard);
        relay.front = await LoopbackServer.StartAsync(time, relay.HandleAsync, cancellationToken);
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await front!.DisposeAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or BadHttpRequestException)
        {
            return;
        }

        var request =
            new Passing(context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, body.ToArray());
        using var answer = await guard.PassAsync(request, () => AskAsync(context.Request, request));
        if (answer is null)
        {
            context.Abort();
        }
        else
        {
            await ReturnAsync(answer, context);
        }
    }

    /// <summary>Asks the server; <c>null</c> where the line broke.</summary>
    private async Task<HttpResponseMessage?> AskAsync(HttpRequest original, Passing request)
    {
        var root = (await server()).GetLeftPart(UriPartial.Authority);
        var target = new Uri(root + request.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), target);
        if (request.Body.Length > 0 || original.Headers.ContentLength is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
        }

        foreach (var (name, values) in original.Headers.Where(header =>
            !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            _ = message.Headers.TryAddWithoutValidation(name, values.AsEnumerable())
                || (message.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable()) ?? false);
        }

        HttpResponseMessage? answer = null;
        try
        {
            answer = await http.SendAsync(message, CancellationToken.None);
            await answer.Content.LoadIntoBufferAsync(CancellationToken.None);
            return answer;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            answer?.Dispose();
            return null;
        }
    }

    private static async Task ReturnAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers
            .Concat(answer.Content.Headers)
            .Where(header => !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        var body = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
        if (answer.StatusCode != HttpStatusCode.NoContent)
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, CancellationToken.None);
        }
    }
}
