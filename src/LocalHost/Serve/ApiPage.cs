using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.LocalHost.Serve;

/// <summary>
/// The reference of the API for people, at <c>/docs</c>: Scalar reads <c>/openapi.json</c> in the browser. Its files come from this
/// process, and nothing of it is loaded before somebody asks for the page.
/// </summary>
internal sealed class ApiPage : IAsyncDisposable
{
    private const string Path = "/docs";

    private readonly Lazy<Shown> shown = new(Load);

    /// <summary>Answers what is the page's, and hands on everything else.</summary>
    public RequestDelegate Before(RequestDelegate next) => context =>
        context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) && IsRead(context.Request.Method)
            ? ShowAsync(context)
            : next(context);

    public ValueTask DisposeAsync() => shown.IsValueCreated ? shown.Value.Services.DisposeAsync() : ValueTask.CompletedTask;

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    /// <summary>A pipeline of its own, so that the gateway's has no routing.</summary>
    private static Shown Load()
    {
        var collection = new ServiceCollection();
        collection.AddLogging().AddMetrics().AddRouting();
        collection.AddSingleton(_ => new DiagnosticListener(nameof(ApiPage)));
        var services = collection.BuildServiceProvider();
        var pipeline = new ApplicationBuilder(services);
        pipeline.UseRouting().UseEndpoints(endpoints => endpoints.MapScalarApiReference(Path, page => page
            .WithTitle("VoiceFunctions API")
            .WithOpenApiRoutePattern($"/{GatewayRoutes.OpenApi.Template}")
            .WithNonce()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()));
        return new Shown(services, pipeline.Build());
    }

    /// <summary>
    /// What the page may do: run its own scripts and ask this gateway. Scalar writes its styles into the page, so these are let in.
    /// </summary>
    private static string PolicyOf(HttpContext context)
    {
        var script = context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce ? $"'self' 'nonce-{nonce}'" : "'none'";
        return $"default-src 'none'; script-src {script}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private async Task ShowAsync(HttpContext context)
    {
        await using var scope = shown.Value.Services.CreateAsyncScope();
        var given = context.RequestServices;
        context.RequestServices = scope.ServiceProvider;
        context.Request.Method = HttpMethods.Get; // Kestrel itself leaves out the body that HEAD does not get.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = PolicyOf(context);
            headers["Referrer-Policy"] = "no-referrer";
            foreach (var (name, value) in GatewayResponse.CommonHeaders)
            {
                headers[name] = value;
            }

            return Task.CompletedTask;
        });
        try
        {
            await shown.Value.Answer(context);
        }
        finally
        {
            context.RequestServices = given;
        }
    }

    private sealed record Shown(ServiceProvider Services, RequestDelegate Answer);
}
