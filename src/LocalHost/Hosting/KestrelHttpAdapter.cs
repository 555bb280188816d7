using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.LocalHost.Hosting;

/// <summary>The gateway on Kestrel: hands requests over, and answers back.</summary>
internal sealed class KestrelHttpAdapter : IAsyncDisposable
{
    private readonly WebApplication app;

    private KestrelHttpAdapter(WebApplication app, Uri address)
    {
        this.app = app;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Listens on the loopback address.</summary>
    /// <param name="port">The port; 0 picks a free one.</param>
    /// <param name="answer">Answers a request, whose body is not read yet and whose Content-Length may be missing.</param>
    /// <param name="first">The middleware that sees every request first.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<KestrelHttpAdapter> StartAsync(
        int port,
        Func<GatewayRequest, Stream, long?, CancellationToken, ValueTask<GatewayResponse>> answer,
        Func<RequestDelegate, RequestDelegate> first,
        CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddSingleton<ILoggerFactory>(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        var app = builder.Build();
        app.Use(first);
        app.Run(context => AnswerAsync(context, answer));
        await app.StartAsync(cancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new KestrelHttpAdapter(app, new Uri(address));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerAsync(
        HttpContext context, Func<GatewayRequest, Stream, long?, CancellationToken, ValueTask<GatewayResponse>> answer)
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

        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
    }
}
