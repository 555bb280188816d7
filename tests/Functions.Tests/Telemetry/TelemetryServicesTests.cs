using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using VoiceFunctions.Core.Telemetry;
using VoiceFunctions.Functions.Hosting;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Telemetry;

public sealed class TelemetryServicesTests
{
    [Fact]
    public void Without_an_exporter_nothing_stands_between_the_worker_and_its_host()
    {
        var services = new ServiceCollection();

        services.AddGatewayTelemetry(_ => "");

        Assert.Empty(services);
    }

    [Fact]
    public async Task Where_an_application_insights_resource_is_set_the_metrics_arrive_there()
    {
        using var resource = new Collector();
        await using var services = Provider((
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
            $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={resource.Address}"));
        var received = resource.ReceiveUntilAsync(GatewayMetrics.CallEnded.Name, TestContext.Current.CancellationToken);

        await new PhoneCall(new FunctionApp()).TakePlaceAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        services.GetRequiredService<TracerProvider>().ForceFlush(10_000);
        services.GetRequiredService<MeterProvider>().ForceFlush(10_000);

        Assert.Contains(GatewayMetrics.AgentDispatchLatency.Name, await received, StringComparison.Ordinal);
    }

    private static ServiceProvider Provider(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        TelemetryServices.Export(services.AddOpenTelemetry(), name => settings.FirstOrDefault(setting => setting.Name == name).Value);
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<TracerProvider>();
        provider.GetRequiredService<MeterProvider>();
        return provider;
    }
}
