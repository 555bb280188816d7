using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>
/// The gateway on Kestrel: hands requests over, and answers back. The server stands by itself, without a host, services or logs: it starts
/// earlier, and does nothing for a request that the gateway does not ask for.
/// </summary>
internal sealed class KestrelHttpAdapter : IAsyncDisposable
{
    /// <summary>How many connections may be open at once; a further one is closed.</summary>
    public const int MaxConnections = 1000;

    /// <summary>How many bytes of a body may wait to be read.</summary>
    private const int Unread = 64 * 1024;

    /// <summary>
    /// How long a connection whose rest is not read stays open for its answer to be seen. A sender who still sends when it is closed may
    /// lose the answer; Kestrel by itself would read on for 5 s.
    /// </summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(250);

    private readonly KestrelServer server;
    private readonly CancellationTokenSource stopping;

    private KestrelHttpAdapter(KestrelServer server, CancellationTokenSource stopping, Uri address)
    {
        this.server = server;
        this.stopping = stopping;
        Address = address;
    }

    /// <summary>Where this machine gets to it.</summary>
    public Uri Address { get; }

    /// <summary>Listens on the loopback address alone.</summary>
    /// <param name="port">The port; 0 picks a free one.</param>
    /// <param name="answer">Answers a request, whose body is not read yet and whose Content-Length may be missing.</param>
    /// <param name="first">The middleware that sees every request first.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<KestrelHttpAdapter> StartAsync(
        int port,
        Func<GatewayRequest, Stream, long?, CancellationToken, ValueTask<GatewayResponse>> answer,
        Func<RequestDelegate, RequestDelegate> first,
        CancellationToken cancellationToken) =>
        StartAsync(new IPEndPoint(IPAddress.Loopback, port), answer, first, cancellationToken);

    /// <summary>The same on an address of one's choice.</summary>
    /// <param name="place">The address and the port; <see cref="IPAddress.Any"/> is every address of this machine.</param>
    /// <param name="answer">Answers a request, whose body is not read yet and whose Content-Length may be missing.</param>
    /// <param name="first">The middleware that sees every request first.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<KestrelHttpAdapter> StartAsync(
        IPEndPoint place,
        Func<GatewayRequest, Stream, long?, CancellationToken, ValueTask<GatewayResponse>> answer,
        Func<RequestDelegate, RequestDelegate> first,
        CancellationToken cancellationToken)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Listen(place, listen => listen.Protocols = HttpProtocols.Http1);
        Bound(kestrel.Limits);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(kestrel), sockets, NullLoggerFactory.Instance);
        var stopping = new CancellationTokenSource();
        try
        {
            var requests = new RequestApplication(first(context => AnswerAsync(context, answer, stopping.Token)));
            await server.StartAsync(requests, cancellationToken);
            var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
            var own = new IPEndPoint(OwnOf(place.Address), new Uri(address).Port);
            return new KestrelHttpAdapter(server, stopping, new Uri($"http://{own}"));
        }
        catch
        {
            server.Dispose();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>Closes every connection, whatever it is in the middle of.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await server.StopAsync(new CancellationToken(canceled: true));
        server.Dispose();
        stopping.Dispose();
    }

    /// <summary>The address under which this machine itself gets to one on which it listens.</summary>
    public static IPAddress OwnOf(IPAddress address) =>
        address.Equals(IPAddress.Any) ? IPAddress.Loopback
        : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
        : address;

    /// <summary>What a stranger can take of this process: connections, and of each some memory and some time.</summary>
    private static void Bound(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MaxConnections;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024; // A LiveKit token has at most 8 KB.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MaxRequestBodySize = null; // The router holds each route's own cap.
        limits.MaxRequestBufferSize = Unread;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <param name="context">The request.</param>
    /// <param name="answer">Answers it.</param>
    /// <param name="stopping">Ends an answer that goes on as long as somebody listens.</param>
    private static async Task AnswerAsync(
        HttpContext context,
        Func<GatewayRequest, Stream, long?, CancellationToken, ValueTask<GatewayResponse>> answer,
        CancellationToken stopping)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var headers = context.Request.Headers;
        var request = new GatewayRequest(
            raw.Method,
            raw.RawTarget,
            name => headers.TryGetValue(name, out var values) ? values.ToString() : null,
            ReadOnlyMemory<byte>.Empty);
        var response = await answer(request, context.Request.Body, context.Request.ContentLength, context.RequestAborted);

        context.Response.StatusCode = response.Status;
        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.ContentLength;
        if (response.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (response.Allow is { } allow)
        {
            context.Response.Headers.Allow = allow;
        }

        if (response.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        foreach (var (name, value) in GatewayResponse.CommonHeaders)
        {
            context.Response.Headers[name] = value;
        }

        // A middleware that has read a body already holds it in memory.
        if (context.Request.Body.CanSeek || IsOver(context.Request.BodyReader))
        {
            using var over = response.Streamed is null
                ? null
                : CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await response.WriteBodyAsync(context.Response.Body, over?.Token ?? context.RequestAborted);
            return;
        }

        context.Response.Headers.Connection = "close";
        await response.WriteBodyAsync(context.Response.Body, context.RequestAborted);
        await context.Response.CompleteAsync();
        await Task.Delay(Linger, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Close(context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket);
    }

    /// <summary>Ends a connection in both directions, without the reset by which an answer can get lost on its way.</summary>
    private static void Close(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The sender was faster.
        }
    }

    /// <summary>
    /// Whether a body has come to its end. What is there of one that a refusal left unread is thrown away, so that the connection can be
    /// used again; what is still to come is not waited for.
    /// </summary>
    private static bool IsOver(PipeReader body)
    {
        for (var thrownAway = 0L; thrownAway < Unread && body.TryRead(out var read);)
        {
            thrownAway += read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return true;
            }
        }

        return false;
    }
}
