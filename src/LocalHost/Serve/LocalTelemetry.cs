using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using VoiceFunctions.Core.Telemetry;

namespace VoiceFunctions.LocalHost.Serve;

/// <summary>
/// What this process has measured, in Prometheus' text format; and its spans and metrics for a collector, where one is set. The exporter
/// is a middleware; here it writes into memory, so that the gateway's router lets in who may read.
/// </summary>
internal sealed class LocalTelemetry : IMetricsText, IAsyncDisposable
{
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string OutgoingHttp = "System.Net.Http";

    private readonly ServiceProvider services;
    private RequestDelegate? scrape;

    /// <summary>Prepares it; nothing is measured before <see cref="Start"/>.</summary>
    /// <param name="environment">Gives a setting by its name.</param>
    public LocalTelemetry(Func<string, string?> environment)
    {
        var collection = new ServiceCollection();
        var telemetry = collection.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(GatewayMetrics.SourceName, OutgoingHttp).AddPrometheusExporter());
        if (!string.IsNullOrWhiteSpace(environment(Otlp)))
        {
            telemetry.WithTracing(traces => traces.AddSource(GatewayMetrics.SourceName)).UseOtlpExporter();
        }

        services = collection.BuildServiceProvider();
    }

    /// <summary>Begins to measure.</summary>
    public void Start()
    {
        services.GetService<TracerProvider>();
        services.GetRequiredService<MeterProvider>();
        var pipeline = new ApplicationBuilder(services);
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(_ => true);
        scrape = pipeline.Build();
    }

    /// <inheritdoc/>
    public async ValueTask<(string ContentType, ReadOnlyMemory<byte> Text)> ReadAsync(string? accept, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, RequestAborted = cancellationToken };
        context.Request.Method = HttpMethods.Get;
        context.Request.Headers.Accept = accept;
        context.Response.Body = text;
        await (scrape ?? throw new InvalidOperationException("Start it first."))(context);
        return context.Response.StatusCode == StatusCodes.Status200OK
            ? (context.Response.ContentType ?? "text/plain; charset=utf-8", text.ToArray())
            : throw new InvalidOperationException($"The exporter answered {context.Response.StatusCode}.");
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
