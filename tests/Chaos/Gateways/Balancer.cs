using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using VoiceFunctions.Simulator.Http;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Chaos.Gateways;

/// <summary>
/// The gateways' one address. Takes them in turn, and another one where a connection is refused; an exchange that breaks off in the middle
/// is the sender's to repeat. It knows nothing of what it passes on, but shows every exchange to a witness.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    /// <summary>Marks a request as forged for the witness; never passed on.</summary>
    public const string ForgedHeader = "X-Chaos-Forged";

    private static readonly string[] NotPassedOn = ["Host", "Connection", "Content-Length", "Transfer-Encoding", ForgedHeader];

    private readonly HttpMessageInvoker http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) });
    private readonly Func<IReadOnlyList<Uri>> hosts;
    private readonly Action<PassedExchange> witness;
    private readonly TimeProvider clock;
    private LoopbackServer? server;
    private int turn;

    private Balancer(Func<IReadOnlyList<Uri>> hosts, Action<PassedExchange> witness, TimeProvider clock)
    {
        this.hosts = hosts;
        this.witness = witness;
        this.clock = clock;
    }

    /// <summary>Where it listens.</summary>
    public Uri Url => server!.Url;

    /// <summary>Starts one.</summary>
    /// <param name="time">The time of the network.</param>
    /// <param name="hosts">Where the gateways listen, up or down.</param>
    /// <param name="witness">Is shown every exchange when it is over.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Balancer> StartAsync(
        SimulationTime time, Func<IReadOnlyList<Uri>> hosts, Action<PassedExchange> witness, CancellationToken cancellationToken)
    {
        var balancer = new Balancer(hosts, witness, time.Clock);
        balancer.server = await LoopbackServer.StartAsync(time, balancer.HandleAsync, cancellationToken);
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var begin = clock.GetTimestamp();
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new PassedRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            [.. context.Request.Headers
                .Where(header => !NotPassedOn.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))],
            body.ToArray());
        var answer = await PassOnAsync(request, context.RequestAborted);
        witness(new PassedExchange(request, answer, clock.GetElapsedTime(begin), context.Request.Headers.ContainsKey(ForgedHeader)));

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private async Task<PassedAnswer> PassOnAsync(PassedRequest request, CancellationToken cancellationToken)
    {
        var targets = hosts();
        var first = (int)((uint)Interlocked.Increment(ref turn) % targets.Count);
        for (var i = 0; i < targets.Count; i++)
        {
            try
            {
                return await SendAsync(request, targets[(first + i) % targets.Count], cancellationToken);
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
            {
                // The next one may be up.
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                return PassedAnswer.BadGateway;
            }
        }

        return PassedAnswer.Unavailable;
    }

    private async Task<PassedAnswer> SendAsync(PassedRequest request, Uri target, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(target, request.Target))
        {
            Content = new ByteArrayContent(request.Body),
        };
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(message, cancellationToken);
        var headers = response.Headers
            .Where(header => header.Key is "Retry-After")
            .Concat(response.Content.Headers.Where(header => header.Key is "Content-Type"));
        return new PassedAnswer(
            (int)response.StatusCode,
            [.. headers.Select(header => KeyValuePair.Create(header.Key, string.Join(',', header.Value)))],
            await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
