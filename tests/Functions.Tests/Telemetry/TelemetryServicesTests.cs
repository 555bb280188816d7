using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Functions.Hosting;

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
}
